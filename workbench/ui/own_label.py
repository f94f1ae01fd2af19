"""One of one's own labels: what it is now, how it came about, and the way to correct it."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import own_labels
from workbench.services.own_labels import PastDecision
from workbench.services.permissions import Actor
from workbench.ui.context import read_session
from workbench.ui.own_list import address
from workbench.ui.written import plain

WIDTH = 760
ACTS = {
    "label": "labelled",
    "skip": "skipped",
    "comment": "commented",
    "flag": "flag changed",
    "clear": "taken back",
}


def panel(actor: Actor, slug: str, sentence: str) -> None:
    """The sentence, every decision about it, and a link to where it is decided anew."""
    try:
        with read_session() as session:
            now, past = own_labels.past(session, actor=actor, slug=slug, sentence=sentence)
    except WorkbenchError as error:
        st.warning(str(error))
        return
    with st.container(border=True, width=WIDTH, key=f"own-label-{sentence}"):
        st.text(plain(now.text))
        _history(past)
        st.link_button("Correct it in its article", address(slug, sentence), type="primary")
        st.text("A correction is another decision: what you said before stays in this history.")


def _history(past: Sequence[PastDecision]) -> None:
    st.dataframe(
        {
            "When": [each.stored_at for each in past],
            "What": [ACTS.get(each.act, each.act) for each in past],
            "Answer": [_answer(each) for each in past],
            "Check-worthiness": [each.check_worthiness for each in past],
            "Comment": [each.comment or "" for each in past],
            "Label set": [each.label_set for each in past],
            "Guideline": [each.guideline for each in past],
        },
        hide_index=True,
        placeholder="–",
        alt="Every decision about this sentence, the first one first",
        column_config={"When": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
    )


def _answer(past: PastDecision) -> str:
    if past.status == "labelled":
        return ", ".join(past.labels) or "none"
    return past.status
