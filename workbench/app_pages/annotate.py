"""Annotate: the sentence in its article, and the keys. It leases and draws; labels go by route."""

from typing import cast

import streamlit as st

from workbench.components.annotator import AnnotatorData, annotator
from workbench.errors import NotFoundError
from workbench.services import opening
from workbench.ui.context import (
    current_actor,
    current_project_slug,
    leasing_session,
    now,
    read_session,
)
from workbench.ui.empty import no_articles


def render() -> None:
    """Draw the annotator with the window of the reviewer's queue."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, str(error))
        return
    start, is_again = st.query_params.get("sentence"), "again" in st.query_params
    with read_session() as session:
        entrance = opening.entrance(session, actor=actor, slug=slug)
    if entrance.n_queued == 0:
        no_articles(actor, "There is no sentence to label yet.")
        return
    if entrance.is_leased:
        with leasing_session() as session:
            opening.lease(session, actor=actor, slug=slug, start=start, now=now(session))
    with read_session() as session:
        data = opening.mount_data(
            session, actor=actor, slug=slug, start=start, is_again=is_again, now=now(session)
        )
    annotator(cast(AnnotatorData, data), key=f"annotator-{actor.public_id}-{slug}")
