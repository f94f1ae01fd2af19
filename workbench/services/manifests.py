"""What a training set says of itself: from the project as it is, and again from a manifest."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import snapshots as queries
from db.queries.snapshots import ArticleGroups
from workbench.formats.about import About, LabelFace
from workbench.formats.card import CardFacts
from workbench.formats.choosing import NONE, Filters
from workbench.formats.manifest import Manifest
from workbench.formats.records import SCHEMA
from workbench.formats.splitting import Plan, Split, SplitReport, SplitShare

Votes = Mapping[tuple[tuple[str, ...], ...], int]
"""The labels of every vote on a sentence, sorted, with how many sentences were voted on so."""


def describe(
    session: Session,
    *,
    project: Project,
    filters: Filters,
    plan: Plan | None,
    articles: Sequence[ArticleGroups],
    counts: Mapping[str, int],
) -> Manifest:
    """The manifest of a training set, without its files.

    Args:
        session: What to read in.
        project: The project.
        filters: Which sentences it holds.
        plan: How they are split; None: not at all.
        articles: Where they come from.
        counts: What was counted, by name.
    """
    engines = Counter(article.engine for article in articles)
    languages = Counter(article.language for article in articles)
    label_sets: dict[int, list[dict[str, str]]] = {}
    for face in queries.label_faces(session, project_id=project.id):
        told = {"key": face.key, "name": face.name, "meaning": face.meaning, "colour": face.colour}
        label_sets.setdefault(face.version, []).append(told)
    return Manifest(
        project=project.slug,
        title=project.name,
        tool=f"workbench {version('workbench')}",
        record=SCHEMA,
        splitters=dict(sorted(engines.items())),
        languages=dict(sorted(languages.items())),
        choices=filters.told(),
        splits=None if plan is None else _told(plan),
        label_sets=tuple(
            {"version": number, "labels": faces} for number, faces in sorted(label_sets.items())
        ),
        guidelines=tuple(
            {"version": number, "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for number, text in queries.guidelines(session, project_id=project.id)
        ),
        counts=counts,
    )


def _told(plan: Plan) -> dict[str, object]:
    return {
        "shares": {str(split): share for split, share in plan.shares.items()},
        "seed": plan.seed,
        "hold_out_outlets": sorted(plan.hold_out_outlets),
        "hold_out_from": plan.hold_out_from,
        "keeps_stories": plan.keeps_stories,
    }


def about(
    manifest: Manifest,
    *,
    guideline: str,
    snapshot: int | None = None,
    unsettled_votes: Votes | None = None,
) -> About:
    """What the formats have to know of the set as a whole.

    Args:
        manifest: Of a snapshot, or of what is exported at the moment.
        guideline: The text of the newest guideline.
        snapshot: The snapshot's number; None where none was taken.
        unsettled_votes: What was given to the sentences that are left out as unsettled, how often
            each way: agreement counts them too.
    """
    splits = manifest.splits or {}
    return About(
        project=manifest.project,
        title=manifest.title,
        labels=_labels(manifest.label_sets),
        snapshot=snapshot,
        tool=manifest.tool,
        splitter=", ".join(manifest.splitters),
        filters={name: _in_words(value) for name, value in manifest.choices.items()},
        seed=splits.get("seed"),
        shares=splits.get("shares", {}),
        n_sentences=manifest.counts.get("queued"),
        n_unsettled=manifest.counts.get("unsettled"),
        n_unlabelled=manifest.counts.get("unlabelled"),
        unsettled_votes={} if unsettled_votes is None else unsettled_votes,
        guideline=guideline,
        languages=tuple(manifest.languages),
    )


def _labels(label_sets: Sequence[Mapping[str, Any]]) -> tuple[LabelFace, ...]:
    """The labels in force in their order, then those that only an older version had."""
    found: dict[str, LabelFace] = {}
    for one in sorted(label_sets, key=lambda one: -one["version"]):
        for face in one["labels"]:
            found.setdefault(face["key"], LabelFace(**face))
    return tuple(found.values())


def _in_words(value: object) -> str:
    return (
        ", ".join(map(str, value))
        if isinstance(value, Collection) and not isinstance(value, str)
        else str(value)
    )


def splits_of(manifest: Manifest) -> tuple[str, ...]:
    """The splits that its sentences are in, in order; empty without splits."""
    shares = (manifest.splits or {}).get("shares", {})
    held_out = manifest.splits and (
        manifest.splits["hold_out_outlets"] or manifest.splits["hold_out_from"]
    )
    return tuple(
        str(split)
        for split in Split
        if shares.get(str(split)) or (held_out and split is Split.TEST)
    )


def results(facts: CardFacts, report: SplitReport | None) -> dict[str, Any]:
    """What a training set came to, as its manifest keeps it.

    Args:
        facts: What was counted while its records passed.
        report: What its split came to; None without one.
    """
    labels = dict(facts.n_labels) | {NONE: facts.n_explicit_none, "unsettled": facts.n_unsettled}
    splits = report.splits if report else {}
    return {
        "labels": labels,
        "splits": {str(split): _share(share) for split, share in splits.items()},
        "groups": [asdict(size) for size in report.sizes] if report else [],
        "agreement": [
            {**asdict(one), "alpha": None if one.alpha is None else round(one.alpha, 6)}
            for one in facts.agreement
        ],
        "unsettled_in_agreement": sum(
            n for pattern, n in facts.about.unsettled_votes.items() if len(pattern) > 1
        ),
        "remarks": list(report.remarks) if report else [],
    }


def _share(share: SplitShare) -> dict[str, Any]:
    return {
        "sentences": share.n_sentences,
        "articles": share.n_articles,
        "groups": share.n_groups,
        "labels": dict(sorted(share.n_labels.items())),
    }
