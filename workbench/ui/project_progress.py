"""How far a project is, for its managers: in words, by day, by reviewer and by article."""

from datetime import date, datetime, timedelta

import streamlit as st

from workbench.services import progress
from workbench.services.completeness import Completeness
from workbench.services.forecasts import FEWEST_DAYS
from workbench.services.permissions import Actor
from workbench.services.progress import LAST_DECISIONS, PER_PAGE, ProjectProgress
from workbench.ui.context import now, read_session
from workbench.ui.day_chart import day_chart
from workbench.ui.imported import count, day, facts, number
from workbench.ui.shares import percent, share_column
from workbench.ui.written import plain

METHOD = """The forecast takes the full days from the first with work on, 28 at most, and assumes
that the days to come are like them, days without work included. Their mean gives the end; how much
they differ, and how few they are, gives the interval that holds the end 9 times in 10 (Fieller's
method with Student's t). Below five days, or three with work, or where the days differ too much, it
says nothing. Left is what the sentences still wait for: everybody who labels, where everybody sees
every sentence (reviewers, and whoever else has begun), else as many people as each is asked of. The
median is of the last 1000 decisions of each person. A decision that is corrected counts on the day
of the correction. Days are in UTC."""


def whole(actor: Actor, slug: str) -> None:
    """The project as a whole and its people."""
    with read_session() as session:
        at = now(session)
        found = progress.whole(session, actor=actor, slug=slug, now=at)
    complete = found.complete
    st.header(headline(complete), anchor=False)
    st.progress(1 - complete.n_left / complete.n_wanted if complete.n_wanted else 0.0)
    begun = complete.n_touched - complete.n_complete
    pace = "" if found.median_seconds is None else f"median {found.median_seconds:.1f} s a decision"
    facts(
        [
            f"{count(complete.n_left, 'decision')} left",
            *asked(complete),
            f"{count(begun, 'sentence')} begun" if begun else "",
            pace,
        ]
    )
    st.text(ending(found, at))
    with st.expander("How this is worked out"):
        st.text(" ".join(METHOD.split()))
    _needs(complete)
    st.header("By day", anchor=False)
    day_chart(found.days, key=f"whole-{slug}", has_people=True)
    st.header("By reviewer", anchor=False)
    _reviewers(found)


def headline(found: Completeness) -> str:
    """How many sentences are done, and, where several people are asked, what done means."""
    words = f"{number(found.n_complete)} of {count(found.n_sentences, 'sentence')} done"
    several = max(found.asked, default=1) > 1
    return f"{words} by everybody" if several and found.is_everybody else words


def asked(found: Completeness) -> list[str]:
    """Of how many people the sentences are asked, where it is not one each."""
    if max(found.asked, default=1) == 1:
        return []
    if found.is_everybody or len(found.asked) == 1:
        (n,) = found.asked
        return [f"each sentence is for {count(n, 'person', 'people')}"]
    return [
        f"{count(many, 'sentence')} for {count(n, 'person', 'people')}"
        for n, many in sorted(found.asked.items(), reverse=True)
    ]


def _needs(found: Completeness) -> None:
    """Where sentences need a number of people: how far those of each number are."""
    if not found.needs:
        return
    st.header("By how many reviewers a sentence needs", anchor=False)
    st.dataframe(
        {
            "Reviewers needed": [need.n_people for need in found.needs],
            "Sentences": [need.n_sentences for need in found.needs],
            "Complete": [need.n_complete for need in found.needs],
            "Decisions wanted": [need.n_wanted for need in found.needs],
            "Left": [need.n_left for need in found.needs],
            "Share": [percent(need.n_wanted - need.n_left, need.n_wanted) for need in found.needs],
        },
        hide_index=True,
        placeholder="–",
        alt="How far sentences are, by how many reviewers they need",
        column_config={"Share": share_column("Decisions that are there, of those wanted")},
    )


def ending(found: ProjectProgress, at: datetime) -> str:
    """When the project will be done, in words; or that it is too early to say."""
    if not found.complete.n_left:
        return "Everything is done."
    if found.ends is None:
        return too_early(found.n_days)
    ends = found.ends
    today = at.date()
    middle, first, last = (_on(today, n) for n in (ends.days, ends.earliest, ends.latest))
    return (
        f"At {ends.per_day:.0f} a day, as in the last {count(ends.n_days, 'day')}, it is done "
        f"about {middle}; 9 times in 10 between {first} and {last}."
    )


def too_early(n_days: int) -> str:
    """Why no end can be told: too few full days, or too unlike each other."""
    if n_days >= FEWEST_DAYS:
        return "When it will be done cannot be told yet: the days so far differ too much."
    so_far = {0: "there is none yet", 1: "there is one so far"}.get(
        n_days, f"there are {n_days} so far"
    )
    return f"When it will be done is told after {FEWEST_DAYS} full days with work; {so_far}."


def _on(today: date, days: int) -> str:
    return day((today + timedelta(days=days)).isoformat())


def _reviewers(found: ProjectProgress) -> None:
    lines = found.reviewers
    st.dataframe(
        {
            "Name": [line.name for line in lines],
            "Role": [line.role for line in lines],
            "Done": [line.n_done for line in lines],
            "Share": [percent(line.n_done, found.complete.n_sentences) for line in lines],
            "Median seconds": [line.median_seconds for line in lines],
            "Last decision": [line.last_at for line in lines],
            "State": ["gone" if line.is_gone else "active" for line in lines],
        },
        hide_index=True,
        placeholder="–",
        alt="The people of the project and how far each is",
        column_config={
            "Share": share_column("Of the sentences in the queue"),
            "Median seconds": st.column_config.NumberColumn(
                format="%.1f", help=f"Of the last {number(LAST_DECISIONS)} decisions"
            ),
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
            "Title": [plain(line.title) for line in lines],
            "Outlet": [plain(line.outlet) for line in lines],
            "Sentences": [line.n_queued for line in lines],
            "With a decision": [line.n_decided for line in lines],
            "Share": [percent(line.n_decided, line.n_queued) for line in lines],
            "Decisions": [line.n_decisions for line in lines],
        },
        hide_index=True,
        placeholder="–",
        alt="The articles and how far each is",
        column_config={"Share": share_column("Sentences with a decision, of all in the queue")},
    )
    if total > PER_PAGE:
        st.pagination(-(-total // PER_PAGE), key=key)
