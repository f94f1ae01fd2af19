"""Acts on a label set: done in a callback, with what came of it said after."""

from workbench.errors import WorkbenchError
from workbench.services.label_edits import Change
from workbench.services.label_saving import save
from workbench.ui import once, outcomes, versions
from workbench.ui.context import current_actor, now, open_session

PAGE = "label-set"


def act(change: Change, slug: str, *, base_version: int, note: str) -> None:
    """Make a version, or keep what is wrong with it, for `outcome` to say.

    Args:
        change: What is to become of the label set.
        slug: Which project.
        base_version: The version that was on the screen.
        note: Why.
    """
    try:
        with once.taking(once.Turn(f"label-set-{slug}-{base_version}", 0)) as is_first:
            if is_first:
                _save(change, slug, base_version=base_version, note=note)
    except WorkbenchError as error:
        outcomes.failed(str(error), on=PAGE)


def _save(change: Change, slug: str, *, base_version: int, note: str) -> None:
    actor = current_actor()
    with open_session() as session:
        version = save(
            session,
            actor=actor,
            slug=slug,
            base_version=base_version,
            change=change,
            note=note,
            now=now(session),
        )
    versions.follow("label set", slug, version)
    outcomes.done(f"Version {version} is in force.", on=PAGE)


def outcome() -> None:
    """Say what came of the last act, once."""
    outcomes.say(on=PAGE)
