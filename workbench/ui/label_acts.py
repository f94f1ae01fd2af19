"""Acts on a label set: done in a callback, with what came of it said after."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services.label_edits import Change
from workbench.services.label_saving import save
from workbench.ui import once, versions
from workbench.ui.context import current_actor, now, open_session

PROBLEM, DONE = "label-set-problem", "label-set-done"


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
        st.session_state[PROBLEM] = str(error)


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
    st.session_state[DONE] = f"Version {version} is in force."


def outcome() -> None:
    """Say what came of the last act, once."""
    problem = st.session_state.pop(PROBLEM, None)
    done = st.session_state.pop(DONE, None)
    if problem:
        st.warning(problem)
    if done:
        st.success(done)
