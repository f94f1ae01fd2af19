"""What a snapshot holds, in numbers: its card on the screen."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import streamlit as st

from workbench.formats.choosing import NONE
from workbench.services.exporting import ExportPlan
from workbench.services.snapshots import SnapshotView
from workbench.ui.imported import count, day, facts
from workbench.ui.label_marks import label_counts

HOLDS = {
    "gold": "It holds the sentences with a final label",
    "majority": "It holds the sentences with a majority",
    "all": "It holds every sentence, with everybody's labels",
}
ONLY = {
    "labels": "only the labels {}",
    "kinds": "only the kinds {}",
    "outlets": "only from {}",
    "sources": "only labels that are {}",
    "annotators": "only what {} decided on",
    "published_from": "published from {}",
    "published_to": "published until {}",
    "min_annotations": "with at least {} answers",
}
PAPERS = {"Data card": "card", "Croissant": "croissant", "Manifest": "manifest"}


def card(found: SnapshotView, plan: ExportPlan) -> None:
    """Draw a snapshot: when and by whom, what is in it, how it is split, how far people agree."""
    counts = found.manifest["counts"]
    st.header(f"{count(found.n_sentences, 'sentence')} in snapshot {found.number}", anchor=False)
    facts(
        [
            f"{day(found.taken_at.date().isoformat())}, {found.taken_at:%H:%M} UTC",
            f"by {found.taken_by or 'the operator'}",
            count(counts["articles"], "article"),
            count(counts["annotations"], "annotation"),
            count(counts["annotators"], "reviewer"),
        ]
    )
    if found.note:
        st.text(found.note)
    came_to(found.manifest["results"], plan)
    st.text(f"{'; '.join(chosen_words(found.manifest['choices']))}.")
    base = f"/export/{quote(found.project_slug)}/{found.number}"
    with st.container(horizontal=True):
        for name, paper in PAPERS.items():
            st.link_button(name, f"{base}.{paper}")
    st.text(f"SHA-256 of the manifest: {found.manifest_sha256}")


def chosen_words(choices: Mapping[str, Any]) -> Iterator[str]:
    """What a snapshot holds, by what was asked for when it was taken."""
    for name, value in choices.items():
        told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if name == "whose":
            yield HOLDS.get(told, told)
        else:
            yield ONLY.get(name, f"only {name}: {{}}").format(told)


def came_to(results: Mapping[str, Any], plan: ExportPlan) -> None:
    """Draw what a training set came to: labels, splits, agreement, remarks."""
    given = results["labels"]
    labels = [replace(one, n_sentences=given.get(one.key, 0)) for one in plan.labels]
    label_counts(labels, n_none=given.get(NONE, 0), key="snapshot")
    if results["splits"]:
        _splits(results["splits"], [label.key for label in plan.labels])
    tied = sum(size["n_sentences"] for size in results["groups"] if size["n_articles"] > 1)
    if tied:
        st.text(f"{count(tied, 'sentence')} in groups of articles that stay together.")
    if results["remarks"]:
        st.text("\n".join(results["remarks"]))
    if any(one["alpha"] is not None for one in results["agreement"]):
        _agreement(results["agreement"], results.get("unsettled_in_agreement"))


def _splits(splits: Mapping[str, Any], keys: list[str]) -> None:
    total = sum(share["sentences"] for share in splits.values())
    shown = [*keys, NONE]
    st.dataframe(
        {
            "Split": list(splits),
            "Sentences": [share["sentences"] for share in splits.values()],
            "Share": [100 * share["sentences"] / total for share in splits.values()],
            "Articles": [share["articles"] for share in splits.values()],
            "Groups": [share["groups"] for share in splits.values()],
            **{key: [share["labels"].get(key, 0) for share in splits.values()] for key in shown},
        },
        hide_index=True,
        column_config={
            "Share": st.column_config.ProgressColumn(min_value=0, max_value=100, format="%.1f%%"),
            "Groups": st.column_config.NumberColumn(
                help="Articles that share wire copy or a story are one group, and stay together."
            ),
        },
    )


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def _agreement(found: list[Mapping[str, Any]], n_unsettled: int | None) -> None:
    st.subheader("Agreement", anchor=False)
    st.text("Krippendorff's alpha over the sentences with two annotations or more.")
    left_out = "left out of the set because the annotations leave the label open"
    if n_unsettled:
        st.text(f"It counts {count(n_unsettled, 'sentence')} that {_is(n_unsettled)} {left_out}.")
    elif n_unsettled is None:  # taken before this was written down
        st.text(f"It counts sentences too that are {left_out}.")
    reasons = [one["reason"] for one in found]
    st.dataframe(
        {
            "Label": [one["measure"] for one in found],
            "Alpha": [one["alpha"] for one in found],
            "Sentences": [one["n_sentences"] for one in found],
            "Annotations": [one["n_votes"] for one in found],
        }
        | ({"Why there is none": reasons} if any(reasons) else {}),
        hide_index=True,
        column_config={"Alpha": st.column_config.NumberColumn(format="%.3f")},
    )
