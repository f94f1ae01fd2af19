"""New settings of a queue that are brought in beside the page: it goes on when the page is left."""

import logging
from threading import Event, Lock, Thread

import streamlit as st

from db.errors import DatabaseFault
from workbench.errors import WorkbenchError
from workbench.services import queue_settings, recounting
from workbench.services.permissions import OPERATOR, Actor
from workbench.services.queue_settings import QueueSettings
from workbench.services.recounting import Progress
from workbench.ui.context import open_session, read_session
from workbench.ui.imported import count, notice, number
from workbench.ui.queue_acts import say

STEP = 0.3  # seconds between two looks
PATIENCE = 5.0  # how long the end of the server waits for the part that is being counted
log = logging.getLogger("workbench.queue")
_going: dict[str, Thread] = {}
_guard = Lock()
_stopped = Event()


def go_on_everywhere() -> None:
    """Go on with whatever an earlier process left: at the start of a server."""
    _stopped.clear()
    with read_session() as session:
        slugs = recounting.unfinished(session, actor=OPERATOR)
    for slug in slugs:
        go_on(slug)


def stop() -> None:
    """End after the part that is being counted; the next start goes on from there."""
    _stopped.set()
    for thread in list(_going.values()):
        thread.join(PATIENCE)


def go_on(slug: str) -> Thread:
    """Count a project anew beside the page, unless that is under way in this process."""
    with _guard:
        thread = _going.get(slug)
        if thread is None or not thread.is_alive():
            thread = _going[slug] = Thread(target=_work, args=(slug,), daemon=True)
            thread.start()
        return thread


def _work(slug: str) -> None:
    try:
        for _part in recounting.finish(open_session, actor=OPERATOR, slug=slug):
            if _stopped.is_set():
                return
    except (WorkbenchError, DatabaseFault) as error:
        log.warning("The settings of the queue of %s are not all counted yet: %s", slug, error)


def watch(actor: Actor, slug: str) -> None:
    """Show how far it is until it has ended; any press on the page comes back here."""
    thread = go_on(slug)
    bar = st.empty()
    while found := _progress(actor, slug):
        bar.progress(
            found.n_done / max(1, found.n_articles),
            text=f"{number(found.n_done)} of {count(found.n_articles, 'article')} counted",
        )
        thread.join(STEP)
        if not thread.is_alive() and _progress(actor, slug):
            st.warning("The counting was broken off. Load the page again to go on with it.")
            return
    with read_session() as session:
        in_force = queue_settings.read(session, actor=actor, slug=slug)
    say(f"In force: {queue_settings.in_words(in_force)}.")
    st.rerun()


def told(found: Progress) -> None:
    """Say what holds while it is on its way."""
    if found.next is None:
        notice("The new settings are in force. Sentences are counted by them one part at a time.")
        return
    wanted = queue_settings.in_words(QueueSettings(**found.next))
    notice(
        f"On its way: {wanted}. Until every sentence is counted, everybody sees every sentence. "
        "Labels are stored meanwhile."
    )


def _progress(actor: Actor, slug: str) -> Progress | None:
    with read_session() as session:
        return recounting.progress(session, actor=actor, slug=slug)
