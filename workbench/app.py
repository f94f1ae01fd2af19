"""Entry script of the screens: who is looking, and the pages they may open."""

from typing import Literal

import streamlit as st

from workbench.app_pages import (
    account,
    annotate,
    articles,
    audit,
    export,
    guideline,
    importing,
    label_set,
    own_labels,
    people,
    progress,
    projects,
)
from workbench.errors import SignedOutError
from workbench.services.permissions import Permission
from workbench.ui import chrome
from workbench.ui.context import current_actor

Visibility = Literal["visible", "hidden"]

chrome.set_up()
try:
    actor = current_actor()
except SignedOutError as error:
    chrome.signed_out(str(error))
    st.stop()

may_manage = actor.is_admin or any(
    actor.may(Permission.EXPORT, project_id) for project_id in actor.roles
)
# A hidden page says who may; of an unknown one Streamlit's own dialog would, before the annotator.
managing: Visibility = "visible" if may_manage else "hidden"
choosing: Visibility = "visible" if may_manage or len(actor.roles) > 1 else "hidden"
pages = [
    st.Page(annotate.render, title="Annotate", url_path="annotate", default=True),
    st.Page(articles.render, title="Articles", url_path="articles"),
    st.Page(guideline.render, title="Guideline", url_path="guideline"),
    st.Page(own_labels.render, title="Your labels", url_path="own-labels"),
    st.Page(progress.render, title="Progress", url_path="progress"),
    st.Page(importing.render, title="Import", url_path="import", visibility=managing),
    st.Page(export.render, title="Export", url_path="export", visibility=managing),
    st.Page(label_set.render, title="Label set", url_path="label-set", visibility=managing),
    st.Page(people.render, title="People", url_path="people", visibility=managing),
    st.Page(projects.render, title="Projects", url_path="projects", visibility=choosing),
    st.Page(audit.render, title="Audit log", url_path="audit-log", visibility=managing),
    st.Page(account.render, title="Account", url_path="account"),
]
page = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{page.title} · Workbench")
chrome.choose_project(actor)
page.run()
