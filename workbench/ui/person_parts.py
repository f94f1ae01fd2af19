"""What somebody is in which project: removed from one, and brought back."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.services import accounts
from workbench.services.accounts import Person
from workbench.services.people import Part
from workbench.services.permissions import GRANTS, Actor, Role
from workbench.ui.imported import count
from workbench.ui.once import once


def parts(actor: Actor, person: Person, act: Callable[..., None]) -> None:
    """A line for each project that the actor sees, with the way out or back where it is theirs.

    Args:
        actor: Who looks.
        person: Whose.
        act: What makes a change on a click: takes the service's act, the name, and its values.
    """
    if person.is_admin:
        return
    for part in person.parts:
        row = st.container(horizontal=True, vertical_alignment="center")
        what = f"{part.role.capitalize()} in {part.project_slug}"
        row.text(f"{what} until they were removed." if part.is_removed else f"{what}.")
        if not (actor.is_admin or Role(part.role) in GRANTS[Role.MANAGER]):
            continue
        if part.is_removed:
            _button(row, f"Bring back into {part.project_slug}", person, part, act)
            continue
        with row.popover(f"Remove from {part.project_slug}"):
            st.text(
                "They see nothing of the project any more, at once and in tabs that are open.\n"
                f"What they decided stays as it is: {count(person.n_done, 'sentence')} in the "
                "projects you see.\n"
                "You can bring them back at any time."
            )
            _button(st.container(), "Remove now", person, part, act)


def _button(
    place: DeltaGenerator,
    label: str,
    person: Person,
    part: Part,
    act: Callable[..., None],
) -> None:
    change = accounts.bring_back if part.is_removed else accounts.remove
    place.button(
        label,
        key=f"{change.__name__}-{person.public_id}-{part.project_slug}",
        on_click=once(act),
        args=(change, person.name),
        kwargs={"project_slug": part.project_slug},
    )
