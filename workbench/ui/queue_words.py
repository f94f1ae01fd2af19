"""The settings of the queue, and what they would mean, in words."""

from dataclasses import replace

from workbench.services.queue_plans import QueuePlan
from workbench.services.queue_settings import QueueSettings
from workbench.ui.imported import count, number

EVERYBODY = "everybody"
MANY = 50_000
"""Of so many sentences a change takes seconds."""


def summary(plan: QueuePlan) -> str:
    """What is wanted, there and left."""
    if not plan.n_sentences:
        return "There is no sentence in the queue yet. The numbers come with the articles."
    about = "" if plan.is_exact else "about "
    return (
        f"{count(plan.n_sentences, 'sentence')}, {about}{count(plan.n_wanted, 'decision')} wanted: "
        f"{number(plan.n_there)} there, {number(plan.n_left)} left."
    )


def time(plan: QueuePlan) -> str:
    """How long what is left takes; empty where there is no sentence."""
    if not plan.n_sentences:
        return ""
    if not plan.n_left:
        return "Nothing is left to do."
    if plan.hours is None or plan.median_seconds is None:
        return "How long that takes is told after the first decisions."
    return f"About {_hours(plan.hours)} of work at the median of {_seconds(plan)}."


def _seconds(plan: QueuePlan) -> str:
    seconds = plan.median_seconds or 0
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"


def _hours(hours: float) -> str:
    if hours >= 10:
        return count(round(hours), "hour")
    if hours >= 1:
        return f"{hours:.1f} hours"
    return count(max(1, round(hours * 60)), "minute")


def behind(plan: QueuePlan) -> list[tuple[str, str, str]]:
    """Each number by its name, as it is written, with where it comes from."""
    everybody = plan.settings.overlap is None
    lines = [
        ("Sentences", number(plan.n_sentences), "All that reviewers are asked about."),
        ("Wanted", number(plan.n_wanted), _asked(plan)),
        (
            "There",
            number(plan.n_there),
            "What those who label have decided, skipped ones too."
            if everybody
            else "Labels, for each sentence no more than it needs.",
        ),
    ]
    if plan.n_beyond:
        told = "More labels than are needed. Kept and exported."
        lines.append(("Beyond", number(plan.n_beyond), told))
    lines.append(("Left", number(plan.n_left), "Wanted, less what is there."))
    if plan.hours is not None and plan.median_seconds is not None:
        told = "Attention for a decision, of the last 1000 of each."
        lines.append(("Median", _seconds(plan), told))
        told = "Left × median; everybody's hours together."
        lines.append(("Time left", _hours(plan.hours), told))
    return lines


def _asked(plan: QueuePlan) -> str:
    if plan.settings.overlap is None:
        people = count(max(plan.n_people, 1), "person", "people")
        return f"Every sentence for each who labels: {people}."
    told = " + ".join(
        f"{number(many)} × {n}" for n, many in sorted(plan.asked.items(), reverse=True)
    )
    return f"Sentences × reviewers: {told}." if told else "None yet."


def consequences(plan: QueuePlan, *, in_force: QueueSettings) -> list[str]:
    """What is to be known: whether there are people enough; of a change, what becomes of work."""
    overlap = plan.settings.overlap
    told = []
    if overlap is not None and overlap > plan.n_people:
        told.append(f"{_labelling(plan.n_people)}: a sentence that needs {overlap} waits for more.")
    if plan.settings == in_force:
        return told
    if plan.n_held:
        held, who = count(plan.n_held, "sentence"), count(plan.n_holders, "reviewer")
        if overlap is None:
            told.append(
                f"Leases end: {held} with {who}. What is on their screens stays and counts."
            )
        else:
            told.append(f"{held} that {who} hold now stay theirs.")
    counts_anew = replace(plan.settings, lease_minutes=in_force.lease_minutes) != in_force
    if counts_anew and plan.n_sentences >= MANY:
        told.append(
            "Saving counts every sentence anew, one part after the other. It goes on when you "
            "leave the page, and labels are stored meanwhile."
        )
    told.append("Every label that was given stays and counts. You can set the change back.")
    return told


def _labelling(n: int) -> str:
    if not n:
        return "Nobody labels here yet"
    return "1 person labels here" if n == 1 else f"{count(n, 'person', 'people')} label here"
