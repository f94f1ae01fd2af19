"""What frames every page: the stylesheet, the browser tab, the choice of project."""

from html import escape
from pathlib import Path
from string import Template

import streamlit as st

from workbench.services import projects
from workbench.services.permissions import Actor
from workbench.ui import address
from workbench.ui.context import read_session

HERE = Path(__file__).parent
FAVICON = HERE.parent / "routes" / "favicon.svg"
SIGNED_OUT = Template((HERE / "signed_out.html").read_text(encoding="utf-8"))
# Of one moment with the code, also while files are replaced under a running server.
SHEETS = ("fonts.css", "type.css", "style.css", "header.css")
STYLE = "".join((HERE / name).read_text(encoding="utf-8") for name in SHEETS)
PROJECT = Template((HERE / "project.html").read_text(encoding="utf-8"))


def set_up() -> None:
    """Set the browser tab and bring in the stylesheets of all pages."""
    st.set_page_config(
        page_title="Workbench",
        page_icon=str(FAVICON),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(f"<style>{STYLE}</style>")


def signed_out(message: str) -> None:
    """Say that the session ended, and where to sign in.

    In one piece of HTML, which every page has drawn before: the front end's parts for anything else
    are behind the gate by now.
    """
    st.html(SIGNED_OUT.substitute(message=escape(message)))


def choose_project(actor: Actor) -> None:
    """Say in the header which project is shown, and offer the others where there are some.

    Where there are several the address names it, so that a reload, a link and the way back show
    the same one, and each tab its own.
    """
    with read_session() as session:
        names = {view.slug: view.name for view in projects.listed(session, actor=actor)}
    asked = address.asked_project()
    if asked in names:
        st.session_state["project"] = asked
    if not names:
        return
    with st.container(key="project-in-force"):
        if len(names) > 1:
            st.selectbox(
                "Project",
                list(names),
                format_func=lambda slug: names[slug],
                key="project",
                on_change=_name_the_chosen,
                label_visibility="collapsed",
            )
            address.name_project(st.session_state["project"])
        else:
            (name,) = names.values()
            st.html(PROJECT.substitute(name=escape(name)))


def _name_the_chosen() -> None:
    address.choose_project(st.session_state["project"])
