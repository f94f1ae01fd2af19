"""How far a project is, for its managers: in words, by day, by reviewer and by article."""

from datetime import date, datetime, timedelta

import streamlit as st

from workbench.services import progress
from workbench.services.permissions import Actor
from workbench.services.progress import PER_PAGE, ProjectProgress
from workbench.ui.context import now, read_session
from workbench.ui.day_chart import day_chart
from workbench.ui.imported import count, day, facts, number

METHOD = """The forecast takes the full days from the first with work on, 28 at most, and assumes
that the days to come are like them, days without work included. Their mean gives the end; how much
they differ, and how few they are, gives the interval that holds the end 9 times in 10 (Fieller's
method with Student's t). Below five days, or three with work, or where the days differ too much, it
says nothing. A decision that is corrected counts on the day of the correction. Days are in UTC."""


def whole(actor: Actor, slug: str) -> None:
    """The project as a whole and its people."""
    with read_session() as session:
        at = now(session)
        found = progress.whole(session, actor=actor, slug=slug, now=at)
    st.header(
        f"{number(found.n_complete)} of {count(found.n_sentences, 'sentence')} done", anchor=False
    )
    st.progress(1 - found.n_left / found.n_wanted if found.n_wanted else 0.0)
    twice = "" if found.overlap == 1 else f"each is asked for {found.overlap} times"
    begun = found.n_touched - found.n_complete
    pace = "" if found.median_seconds is None else f"median {found.median_seconds:.1f} s a decision"
    facts(
        [
            f"{count(found.n_left, 'decision')} left",
            twice,
            f"{count(begun, 'sentence')} begun" if begun else "",
            pace,
        ]
    )
    st.text(ending(found, at))
    with st.expander("How this is worked out"):
        st.text(" ".join(METHOD.split()))
    st.header("By day", anchor=False)
    day_chart(found.days, key=f"whole-{slug}", has_people=True)
    st.header("By reviewer", anchor=False)
    _reviewers(found)


def ending(found: ProjectProgress, at: datetime) -> str:
    """When the project will be done, in words; or that it is too early to say."""
    if not found.n_left:
        return "Everything is done."
    if found.ends is None:
        days = count(found.n_days, "full day")
        return f"When it will be done cannot be told yet: {days} of work say too little."
    ends = found.ends
    today = at.date()
    middle, first, last = (_on(today, n) for n in (ends.days, ends.earliest, ends.latest))
    return (
        f"At {ends.per_day:.0f} a day, as in the last {count(ends.n_days, 'day')}, it is done "
        f"about {middle}; 9 times in 10 between {first} and {last}."
    )


def _on(today: date, days: int) -> str:
    return day((today + timedelta(days=days)).isoformat())


def _reviewers(found: ProjectProgress) -> None:
    lines = found.reviewers
    st.dataframe(
        {
            "Name": [line.name for line in lines],
            "Role": [line.role for line in lines],
            "Done": [line.n_done for line in lines],
            "Share": [line.n_done / max(1, found.n_sentences) for line in lines],
            "Median seconds": [line.median_seconds for line in lines],
            "Last decision": [line.last_at for line in lines],
            "State": ["gone" if line.is_gone else "active" for line in lines],
        },
        hide_index=True,
        placeholder="–",
        alt="The people of the project and how far each is",
        column_config={
            "Share": st.column_config.ProgressColumn(
                format="percent",
                min_value=0,
                max_value=1,
                color="primary",
                help="Of the sentences in the queue",
            ),
            "Median seconds": st.column_config.NumberColumn(format="%.1f"),
            "Last decision": st.column_config.DatetimeColumn(format="distance"),
        },
    )


@st.fragment  # leafing through articles does not count the whole project anew
def articles(actor: Actor, slug: str) -> None:
    """Each article with how many of its sentences have a decision, in the order of the queue."""
    key = f"progress-page-{slug}"
    page = int(st.session_state.get(key, 1))
    with read_session() as session:
        lines, total = progress.articles(session, actor=actor, slug=slug, page=page)
    words = f"{count(total, 'article')} in the order in which they are labelled."
    if total > PER_PAGE:
        words += f" Here: {(page - 1) * PER_PAGE + 1} to {(page - 1) * PER_PAGE + len(lines)}."
    st.text(words)
    st.dataframe(
        {
            "Title": [line.title for line in lines],
            "Outlet": [line.outlet for line in lines],
            "Sentences": [line.n_queued for line in lines],
            "With a decision": [line.n_decided for line in lines],
            "Share": [line.n_decided / line.n_queued for line in lines],
            "Decisions": [line.n_decisions for line in lines],
        },
        hide_index=True,
        placeholder="–",
        alt="The articles and how far each is",
        column_config={
            "Share": st.column_config.ProgressColumn(
                format="percent", min_value=0, max_value=1, color="primary"
            ),
        },
    )
    if total > PER_PAGE:
        st.pagination(-(-total // PER_PAGE), key=key)
