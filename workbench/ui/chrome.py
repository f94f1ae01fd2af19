"""What frames every page: the stylesheet, the browser tab, the choice of project."""

from html import escape
from pathlib import Path
from string import Template

import streamlit as st

from workbench.services import projects
from workbench.services.permissions import Actor
from workbench.ui.context import read_session

HERE = Path(__file__).parent
FAVICON = HERE.parent / "routes" / "favicon.svg"
SIGNED_OUT = Template((HERE / "signed_out.html").read_text(encoding="utf-8"))
# Of one moment with the code, also while files are replaced under a running server.
STYLE = f"<style>{(HERE / 'style.css').read_text(encoding='utf-8')}</style>"


def set_up() -> None:
    """Set the browser tab and bring in the one stylesheet."""
    st.set_page_config(
        page_title="Workbench",
        page_icon=str(FAVICON),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(STYLE)


def signed_out(message: str) -> None:
    """Say that the session ended, and where to sign in.

    In one piece of HTML, which every page has drawn before: the front end's parts for anything else
    are behind the gate by now.
    """
    st.html(SIGNED_OUT.substitute(message=escape(message)))


def choose_project(actor: Actor) -> None:
    """Offer the projects of the person in the sidebar, where there are several."""
    with read_session() as session:
        slugs = [view.slug for view in projects.listed(session, actor=actor)]
    asked = st.query_params.get("project")
    if asked in slugs:  # an address that names its project: a sentence to look at again
        del st.query_params["project"]
        st.session_state["project"] = asked
    if len(slugs) > 1:
        st.sidebar.selectbox("Project", slugs, key="project")
