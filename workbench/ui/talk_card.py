"""One talk on the screen: the question in its article, what was said, and the box to reply."""

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

import streamlit as st

from workbench.services import discussing
from workbench.services.discussing import LONGEST_REPLY
from workbench.services.talk_views import RemarkView, SharedView, TalkView
from workbench.ui import talk_acts
from workbench.ui.talk_quote import quote
from workbench.ui.times import ago

WAITING = {
    "open": "waits for a reply",
    "answered": "answered",
    "closed": "closed",
    "withdrawn": "taken back",
}
DONE = {
    "close": "closed this",
    "reopen": "opened this again",
    "share": "showed a reply to everybody",
    "withdraw": "took a reply back from everybody",
}
NO_SECTION = ""


def card(
    slug: str, talk: TalkView, *, answers: bool, sections: Sequence[str], now: datetime
) -> None:
    """Draw a talk; `answers` says whether the reader answers questions or asked this one."""
    with st.container(border=True, key=f"talk-{talk.id}", gap="small"):
        quote(
            sentence=talk.sentence,
            title=talk.title,
            text=talk.text,
            mention=talk.mention,
            facts=(
                _who(talk, now),
                "flagged" if talk.is_flagged and talk.comment else "",
                "its article has a newer version" if talk.is_replaced else "",
            ),
            state=WAITING[talk.state],
            before=talk.before,
            after=talk.after,
        )
        if talk.comment:
            _said("comment", talk.id, talk.by or "You", "asked", talk.comment)
        for remark in talk.remarks:
            _remark(slug, talk, remark, answers=answers, now=now)
        _below(slug, talk, answers=answers, sections=sections)


def shared(reply: SharedView, *, now: datetime) -> None:
    """Draw what was answered for everybody: the sentence and the reply, and not who asked."""
    with st.container(border=True, key=f"talk-shared-{reply.id}", gap="small"):
        quote(
            sentence=reply.sentence,
            title=reply.title,
            text=reply.quote,
            mention=reply.mention,
            facts=(ago(reply.at, now=now),),
        )
        _said("shared", reply.id, "For everybody", "", reply.text, is_new=reply.is_new)
        _section(reply.section, reply.guideline)


def _who(talk: TalkView, now: datetime) -> str:
    did = "asked" if talk.comment else "flagged it"
    return f"{talk.by or 'you'} {did} {ago(talk.asked_at, now=now)}"


def _remark(slug: str, talk: TalkView, remark: RemarkView, *, answers: bool, now: datetime) -> None:
    who, when = remark.by or "You", ago(remark.at, now=now)
    if remark.act != "reply":
        _head(who, f"{DONE[remark.act]} {when}")
        return
    told = f"replied {when}" + (", for everybody" if remark.is_shared else "")
    _said("reply", remark.id, who, told, remark.text, is_new=remark.is_new)
    _section(remark.section, remark.guideline)
    if not answers or remark.is_askers:
        return
    words = "Show to the asker alone" if remark.is_shared else "Show to everybody"
    op = talk_acts.op_id(talk)
    st.button(
        words,
        key=f"share-{remark.id}-{op}",
        type="tertiary",
        help="Everybody sees the sentence and the reply, not who asked.",
        on_click=talk_acts.act,
        args=(discussing.show, slug, talk.id, op),
        kwargs={"remark": remark.id, "to_all": not remark.is_shared},
    )


def _said(kind: str, key: int, who: str, told: str, text: str, *, is_new: bool = False) -> None:
    with st.container(key=f"remark-{kind}-{key}", gap=None):
        _head(who, told, is_new=is_new)
        st.text(text)


def _head(who: str, told: str, *, is_new: bool = False) -> None:
    new = '<span class="wb-new">new</span>' if is_new else ""
    st.html(f'<p class="wb-remark-head"><b dir="auto">{escape(who)}</b> {escape(told)}{new}</p>')


def _section(section: str, guideline: int | None) -> None:
    if section:
        st.text(f"See “{section}” in the guideline (version {guideline}).")


def _below(slug: str, talk: TalkView, *, answers: bool, sections: Sequence[str]) -> None:
    if talk.state == "closed":
        if answers:
            _turn(slug, talk, "Open it again", discussing.reopen)
        return
    if not answers and not talk.remarks:
        return  # who has asked waits; the comment itself is changed where it was made
    words = "Reply" if answers else "Write back"
    is_begun = bool(st.session_state.get(talk_acts.field(talk.id, "text")))
    if answers and talk.state == "open":
        _box(slug, talk, words, answers=answers, sections=sections)
        return
    with st.expander(words, expanded=is_begun, key=f"box-{talk.id}"):
        _box(slug, talk, words, answers=answers, sections=sections)


def _turn(slug: str, talk: TalkView, words: str, change: Callable[..., None]) -> None:
    op = talk_acts.op_id(talk)
    st.button(
        words,
        key=f"turn-{talk.id}-{op}",
        on_click=talk_acts.act,
        args=(change, slug, talk.id, op),
    )


def _box(slug: str, talk: TalkView, words: str, *, answers: bool, sections: Sequence[str]) -> None:
    """The box outlives the page: what is written in it is there until it is sent."""
    st.text_area(
        words,
        key=talk_acts.field(talk.id, "text"),
        label_visibility="collapsed",
        placeholder=words,
        max_chars=LONGEST_REPLY,
        height=110,
        persist_state="session",
    )
    if answers:
        _choices(talk, sections)
    with st.container(key=f"talk-send-{talk.id}", horizontal=True, gap="small"):
        _send(slug, talk, "Send", closes=False)
        if answers:
            _send(slug, talk, "Send and close", closes=True)
            _turn(
                slug,
                talk,
                "Close without a reply" if not talk.remarks else "Close",
                discussing.close,
            )


def _send(slug: str, talk: TalkView, words: str, *, closes: bool) -> None:
    op = talk_acts.op_id(talk)  # in the key: a late press does not send again under another op
    st.button(
        words,
        key=f"send-{talk.id}-{closes}-{op}",
        type="secondary" if closes else "primary",
        on_click=talk_acts.reply,
        args=(slug, talk.id, op, closes),
    )


def _choices(talk: TalkView, sections: Sequence[str]) -> None:
    with st.container(key=f"talk-choices-{talk.id}", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Section of the guideline",
            [NO_SECTION, *sections],
            format_func=lambda heading: heading or "none",
            key=talk_acts.field(talk.id, "section"),
            width=260,
            persist_state="session",
        )
        st.checkbox(
            "Show to everybody",
            key=talk_acts.field(talk.id, "share"),
            help="Everybody sees the sentence and the reply, not who asked. Do not give away "
            "which labels this sentence should have, unless you mean to.",
            persist_state="session",
        )
