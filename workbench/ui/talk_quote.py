"""A sentence in what stands around it, with the part that a comment mentions, as plain text."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

import streamlit as st

from workbench.services.decisions import parse_sentence_id
from workbench.ui.address import link
from workbench.ui.written import written

HERE = Path(__file__).parent
QUOTE = Template((HERE / "talk_quote.html").read_text(encoding="utf-8"))
STYLE = HERE / "discussion.css"
AROUND = 160  # code points of what stands before and after


def quote(
    *,
    sentence: str,
    title: str,
    text: str,
    mention: tuple[int, int] | None,
    facts: Iterable[str],
    state: str = "",
    before: str = "",
    after: str = "",
) -> None:
    """Draw a sentence with a link to its place in the article; everything imported is escaped.

    Args:
        sentence: Its public id.
        title: What its article is called.
        text: The sentence.
        mention: The part that is marked, in code points; None for none.
        facts: What else stands above it, in our own words or a person's name.
        state: How the question stands; empty for nothing.
        before: What stands before it in the article.
        after: What stands after it.
    """
    st.html(
        QUOTE.substitute(
            title=_link(sentence, title),
            facts="".join(f'<span dir="auto">{escape(fact)}</span>' for fact in facts if fact)
            + (f'<span class="wb-state">{escape(state)}</span>' if state else ""),
            before=written(_last_words(before)),
            sentence=_marked(text, mention),
            after=written(_first_words(after)),
        )
    )


def _link(sentence: str, title: str) -> str:
    article, _, _ = parse_sentence_id(sentence)
    address = link("/articles", article=article, sentence=sentence)
    return f'<a class="wb-where" dir="auto" href="{escape(address)}">{written(title)}</a>'


def _marked(text: str, mention: tuple[int, int] | None) -> str:
    if mention is None:
        return written(text)
    first, last = mention
    parts = (text[:first], text[first:last], text[last:])
    before, part, after = (written(each) for each in parts)
    return f"{before}<mark>{part}</mark>{after}"


def _last_words(before: str) -> str:
    """The end of it, from a word on, with the white space that parts it from the sentence."""
    if len(before) <= AROUND:
        return before
    _, _, words = before[-AROUND:].partition(" ")
    return f"… {words}"


def _first_words(after: str) -> str:
    if len(after) <= AROUND:
        return after
    words, _, _ = after[:AROUND].rpartition(" ")
    return f"{words} …"
