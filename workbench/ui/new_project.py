"""Making a project: a name goes in, a project with label set and guideline comes out."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.errors import WorkbenchError
from workbench.services import accounts, projects, queue_settings
from workbench.services.queue_settings import QueueSettings
from workbench.ui import once, outcomes
from workbench.ui.context import current_actor, now, open_session, read_session
from workbench.ui.imported import count
from workbench.ui.queue_form import NEEDS
from workbench.ui.queue_words import EVERYBODY

IS_OPEN = "projects-new"
WIDTH = 640
NAMED = 5


def button(place: DeltaGenerator) -> None:
    """The page's main act."""
    is_open = bool(st.session_state.get(IS_OPEN))
    place.button(
        "Close" if is_open else "New project",
        type="secondary" if is_open else "primary",
        key=f"projects-toggle-{is_open}",  # a second press of it closes nothing
        on_click=_set_open,
        args=(not is_open,),
    )


def panel() -> None:
    """The form, while it is open; what was made, after."""
    outcomes.say(on=IS_OPEN)
    if not st.session_state.get(IS_OPEN):
        return
    with st.form("new-project", width=WIDTH):
        name = st.text_input("Name", max_chars=200, placeholder="Harbour stories, spring")
        slug = st.text_input(
            "Short name",
            max_chars=64,
            placeholder="harbour-spring",
            help="It stands in addresses, commands and names of files, and is never changed: "
            "a-z, 0-9 and hyphens.",
        )
        needed = st.selectbox(
            "Reviewers a sentence needs",
            NEEDS,
            key="new-project-overlap",
            help="With a number, a sentence goes to as many reviewers and to no more. "
            "The page Queue changes it at any time, and has the rest of it.",
        )
        st.text(_who())
        turn = once.turn(IS_OPEN)
        asked = st.form_submit_button("Make the project", type="primary", key=turn.key)
    if not asked:
        return
    try:
        with once.taking(turn) as is_first:
            if is_first:
                _make(slug.strip(), name=name, overlap=None if needed == EVERYBODY else int(needed))
    except WorkbenchError as error:
        st.warning(str(error), width=WIDTH)
        return
    st.rerun()


def _make(slug: str, *, name: str, overlap: int | None) -> None:
    actor = current_actor()
    settings = QueueSettings(overlap)
    with open_session() as session:
        at = now(session)
        projects.create(session, actor=actor, slug=slug, name=name, now=at)
        queue_settings.change(session, actor=actor, slug=slug, settings=settings, now=at)
    made = f"The project {slug} is made. It has the default label set and guideline."
    outcomes.done(made, on=IS_OPEN)
    st.session_state[IS_OPEN] = False


def _who() -> str:
    """Who is in a new project from the start, besides whoever makes it."""
    actor = current_actor()
    with read_session() as session:
        people = accounts.people(session, actor=actor)
    found = [each for each in people if each.joins_as and not each.is_admin]
    if not found:
        return "Besides admins nobody is in it at first. Invite people on the page People."
    some = ", ".join(f"{each.name} as {each.joins_as}" for each in found[:NAMED])
    more = f" and {count(len(found) - NAMED, 'more', 'more')}" if len(found) > NAMED else ""
    return f"In it at once, as in every project, also later ones: {some}{more}."


def _set_open(is_open: bool) -> None:
    st.session_state[IS_OPEN] = is_open
