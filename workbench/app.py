"""Entry script of the screens: who is looking, and the pages they may open."""

from importlib import import_module

import streamlit as st

from workbench.app_pages import SCREENS
from workbench.errors import SignedOutError
from workbench.services.permissions import Permission
from workbench.ui import chrome, waiting
from workbench.ui.context import current_actor

chrome.set_up()
try:
    actor = current_actor()
except SignedOutError as error:
    chrome.signed_out(str(error))
    st.stop()

may_manage = actor.is_admin or any(
    actor.may(Permission.EXPORT, project_id) for project_id in actor.roles
)
sees = {
    "everybody": True,
    "managers": may_manage,
    "choosers": may_manage or len(actor.roles) > 1,
}
# A hidden page says who may; of an unknown one Streamlit's own dialog would, before the annotator.
page = st.navigation(
    [
        st.Page(
            import_module(f"workbench.app_pages.{screen.module}").render,
            title=waiting.in_words(actor, title=screen.title, address=screen.address),
            url_path=screen.address,
            default=screen is SCREENS[0],
            visibility="visible" if sees[screen.shown_to] else "hidden",
        )
        for screen in SCREENS
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Workbench")
chrome.choose_project(actor)
page.run()
