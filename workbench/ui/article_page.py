"""One article whole: where it comes from, its text, and the way to its neighbours."""

from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st

from workbench.components.reader import AckData, ChangeData, PartData, ReaderData, reader
from workbench.errors import WorkbenchError
from workbench.services import articles, copies, retired
from workbench.services.articles import ArticleView, Change
from workbench.services.copies import AlsoIn
from workbench.services.permissions import Actor
from workbench.text.kinds import QUEUED_KINDS, Kind
from workbench.ui import address, article_list
from workbench.ui.article_details import details_panel
from workbench.ui.context import now, open_session, read_session
from workbench.ui.imported import count, day, facts, notice, title
from workbench.ui.written import plain

ACK = "reader-ack"
REPAIRS: dict[str, Callable[..., list[str]]] = {
    "split": articles.split,
    "merge_with_next": articles.merge_with_next,
}
DONE = {
    "set_kind": "changed",
    "split_sentence": "split",
    "merge_sentences": "merged",
    "split_anew": "split anew",
    "set_lines_aside": "set aside",
}


def open_article(actor: Actor, *, slug: str, article: str, may_edit: bool) -> None:
    """Draw the article, and store what a manager changes in it."""
    with read_session() as session:
        search, order, _ = article_list.asked()
        view = articles.whole(
            session, actor=actor, slug=slug, article=article, search=search, order=order
        )
        last = articles.last_change(session, actor=actor, slug=slug, article=article)
        also = copies.also_in(session, actor=actor, slug=slug, article=article)
    st.set_page_config(page_title=f"{plain(view.title)} · Workbench")
    _ways(view)
    _header(view, also)
    _versions(view)
    details_panel(actor, view, slug=slug, may_edit=may_edit)
    asked = reader(_data(view, last, may_edit=may_edit), key=f"reader-{slug}-{article}")
    if asked is None:
        return
    ack: AckData = {"id": asked.id, "error": "", "chosen": ""}
    try:
        ack["chosen"] = _store(actor, slug=slug, article=article, asked=asked)
    except WorkbenchError as error:
        ack["error"] = str(error)
    st.session_state[ACK] = ack
    st.rerun()


def _store(actor: Actor, *, slug: str, article: str, asked: ChangeData) -> str:
    """Do what was asked; the segment to be shown as chosen then, if it is another one."""
    with open_session() as session:
        at = now(session)
        if asked.act == "take_back":
            articles.take_back(session, actor=actor, slug=slug, article=article, now=at)
            return ""
        if asked.act in REPAIRS:
            where = {"at": asked.at} if asked.act == "split" else {}
            made = REPAIRS[asked.act](
                session, actor=actor, slug=slug, sentence=asked.sentence, now=at, **where
            )
            return made[0]
        act = articles.set_kind_of_reason if asked.act != "set_kind" else articles.set_kind
        act(
            session,
            actor=actor,
            slug=slug,
            sentence=asked.sentence,
            kind=asked.kind,
            queued=asked.queued,
            now=at,
        )
    return ""


def _data(view: ArticleView, last: Change | None, *, may_edit: bool) -> ReaderData:
    words = f"{count(last.n_segments, 'segment')} {DONE[last.act]} by {last.by}." if last else ""
    return {
        "article": view.public_id,
        "language": view.language,
        "start": retired.standing(view.segments, sentence=st.query_params.get("sentence", "")),
        "n_queued": view.n_queued,
        "n_done": view.n_done,
        "labels": [
            {
                "key": label.key,
                "name": label.name,
                "meaning": label.meaning,
                "shortcut": label.shortcut,
                "colour": label.colour,
            }
            for label in view.labels
        ],
        "kinds": [
            {"key": str(kind), "name": str(kind), "queued": kind in QUEUED_KINDS} for kind in Kind
        ],
        "segments": cast("list[PartData]", view.segments),
        "editable": may_edit,
        "last_change": words,
        "ack": st.session_state.get(ACK),
    }


def _ways(view: ArticleView) -> None:
    with st.container(key="article-ways", horizontal=True, gap="small"):
        if st.button("All articles", icon=":material/arrow_back:", key="article-back"):
            _go(None)
        st.space("stretch")
        if st.button("Previous", key="article-previous", disabled=view.previous is None):
            _go(view.previous)
        if st.button("Next", key="article-next", disabled=view.next is None):
            _go(view.next)


def _go(article: str | None) -> None:
    address.show(**({} if article is None else {"article": article}))
    st.rerun()


def _header(view: ArticleView, also: Sequence[AlsoIn]) -> None:
    header = view.header
    source = "" if view.title == header["source"] else header["source"]
    # The headline stands in the text below: twice on the screen would be once too often.
    is_below = any(part["kind"] == "headline" for part in view.segments[:4])
    with st.container(key="article-header", gap=None):
        title(view.title, is_hidden=is_below)
        facts([header["outlet"] or "", header["author"] or "", day(header["published"] or "")])
        imported = day(view.imported_at.date().isoformat())
        queue = f"{count(len(view.segments), 'segment')}, {view.n_queued} in the queue"
        facts(
            [source, view.encoding, queue, f"imported {imported}", view.public_id],
            is_quiet=True,
        )
        if also:
            facts([f"Wire copy, also in: {_named(also[0])}", *map(_named, also[1:])])
        if view.problems:
            notice(f"Noticed at import: {view.problems}")


def _versions(view: ArticleView) -> None:
    version = view.version
    if version.newer:
        with st.container(horizontal=True, vertical_alignment="center"):
            notice("A newer version has taken its place. It is kept as it was, out of the queue.")
            if st.button("Newer version", key=f"newer-{view.public_id}"):
                _go(version.newer)
    if version.older and st.button("Older version", key=f"older-{view.public_id}"):
        _go(version.older)
    if version.left_behind:
        n = count(sum(left.n_answers for left in version.left_behind), "answer")
        with st.expander(f"{n} left with the older version", key=f"left-{view.public_id}"):
            for left in version.left_behind:
                st.text(f"{count(left.n_answers, 'answer')}: {left.text}")


def _named(also: AlsoIn) -> str:
    outlet = f" ({also.outlet})" if also.outlet else ""
    return f"{also.title}{outlet}, {count(also.n_shared, 'sentence')} shared"
