"""Talks as a list: everybody's with search and filter, one's own, and what is for everybody."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import projects, talks
from workbench.services.guidelines import sections
from workbench.services.permissions import Actor
from workbench.services.talk_views import SharedView, TalkList
from workbench.services.talks import PER_PAGE, Show
from workbench.ui import talk_card
from workbench.ui.context import now, read_session
from workbench.ui.imported import count
from workbench.ui.ways import way

NOTHING_ASKED = (
    "Nobody has asked anything yet. What reviewers comment on or flag comes here, to be answered."
)
NONE_OF_ONES_OWN = (
    "You have asked nothing yet. On the annotate page, M comments on a sentence and F flags it; "
    "a manager reads it, and the reply comes here."
)


def everybodys(actor: Actor, slug: str) -> list[int]:
    """Everybody's questions, searched and filtered; gives the replies that were on the screen."""
    page_key = f"discussion-page-{slug}"
    search, show = _choices(slug, page_key)
    try:
        with read_session() as session:
            found = talks.questions(
                session, actor=actor, slug=slug, search=search, show=show,
                page=int(st.session_state.get(page_key, 1)),
            )  # fmt: skip
            rules = projects.rules(session, project_id=projects.view(
                session, actor=actor, slug=slug).id)  # fmt: skip
            at = now(session)
            is_any = (
                found.total or talks.questions(session, actor=actor, slug=slug, show=Show.ALL).total
            )
    except WorkbenchError as error:
        st.warning(str(error))
        return []
    if not found.total:
        st.text(_none(search, show) if is_any else NOTHING_ASKED)
        return []
    st.text(_in_words(found.total, show))
    headings = sections(rules.guideline_text)
    for talk in found.rows:
        talk_card.card(slug, talk, answers=True, sections=headings, now=at)
    _pages(found, page_key)
    return _new(found)


def own(actor: Actor, slug: str) -> list[int]:
    """One's own questions; gives the replies that were on the screen."""
    page_key = f"discussion-own-page-{slug}"
    with read_session() as session:
        page = int(st.session_state.get(page_key, 1))
        found = talks.own(session, actor=actor, slug=slug, page=page)
        at = now(session)
    if not found.total:
        st.text(NONE_OF_ONES_OWN)
        way("Annotate", "annotate", key="discussion-annotate")
        return []
    for talk in found.rows:
        talk_card.card(slug, talk, answers=False, sections=(), now=at)
    _pages(found, page_key)
    return _new(found)


def shared(slug: str, found: Sequence[SharedView]) -> list[int]:
    """What is for everybody; gives the replies that were on the screen."""
    if not found:
        st.text("Nothing has been answered for everybody yet.")
        return []
    words = st.text_input("Search what was answered", key=f"discussion-shared-{slug}") or ""
    wanted = words.casefold().split()
    shown = [
        reply
        for reply in found
        if all(word in f"{reply.quote}\n{reply.text}".casefold() for word in wanted)
    ]
    if not shown:
        st.text("Nothing that was answered has these words. Clear the search.")
    with read_session() as session:
        at = now(session)
    for reply in shown:
        talk_card.shared(reply, now=at)
    return [reply.id for reply in shown if reply.is_new]


def _choices(slug: str, page_key: str) -> tuple[str, Show]:
    def from_the_first_page() -> None:
        st.session_state[page_key] = 1

    with st.container(horizontal=True, key="talk-choices"):
        search = st.text_input(
            "Search sentences, comments and replies",
            key=f"discussion-search-{slug}",
            type="search",
            on_change=from_the_first_page,
            persist_state="session",
        )
        show = st.selectbox(
            "Show",
            list(Show),
            key=f"discussion-show-{slug}",
            on_change=from_the_first_page,
            width=180,
            persist_state="session",
        )
    return search or "", show or Show.OPEN


def _none(search: str, show: Show) -> str:
    if show is Show.OPEN and not search:
        return "Every question is answered. Show all to read them again."
    return "No question is so. Clear the search or show others."


def _in_words(total: int, show: Show) -> str:
    if show is Show.OPEN:
        return f"{count(total, 'question')} without a reply, the longest waiting first."
    return f"{count(total, 'question')}, the newest first."


def _pages(found: TalkList, page_key: str) -> None:
    if found.total > PER_PAGE:
        st.pagination(-(-found.total // PER_PAGE), key=page_key)


def _new(found: TalkList) -> list[int]:
    return [remark.id for talk in found.rows for remark in talk.remarks if remark.is_new]
