"""The tables of a data card."""

from workbench.formats.card.facts import CardFacts, Range
from workbench.formats.card.words import plain, share, table

_MOST_OUTLETS = 30


def labels(facts: CardFacts) -> str:
    """How many sentences have each label."""
    whole = facts.n_sentences
    rows = [[_code(key), f"{n:,}", share(n, whole)] for key, n in facts.n_labels.items()]
    rows.append(
        ["explicit none", f"{facts.n_explicit_none:,}", share(facts.n_explicit_none, whole)]
    )
    if facts.n_unsettled:
        rows.append(["no final label", f"{facts.n_unsettled:,}", share(facts.n_unsettled, whole)])
    return table(["label", "sentences", "share"], rows)


def together(facts: CardFacts) -> str:
    """How many sentences have both of two labels, with the share of each label's own."""
    rows = [
        [
            f"{_code(one)} and {_code(other)}",
            f"{n:,}",
            share(n, facts.n_labels[one]),
            share(n, facts.n_labels[other]),
        ]
        for (one, other), n in facts.n_together.items()
    ]
    return table(["labels", "sentences", "of the first", "of the second"], rows)


def meanings(facts: CardFacts) -> str:
    """What each label means, in the words of the label set."""
    return "\n".join(
        f"- {_code(face.key)}, {plain(face.name)}: {plain(face.meaning, longest=1_000) or '–'}"
        for face in facts.about.labels
    )


def kinds(facts: CardFacts) -> str:
    """Sentences per kind of segment."""
    rows = [
        [plain(kind), f"{n:,}", share(n, facts.n_sentences)] for kind, n in facts.n_kinds.items()
    ]
    return table(["kind", "sentences", "share"], rows)


def outlets(facts: CardFacts) -> str:
    """Sentences per outlet, those with the most first."""
    items = list(facts.n_outlets.items())
    rows = [
        [
            plain(outlet) if outlet is not None else "not known",
            f"{n:,}",
            share(n, facts.n_sentences),
        ]
        for outlet, n in items[:_MOST_OUTLETS]
    ]
    if rest := sum(n for _, n in items[_MOST_OUTLETS:]):
        others = f"{len(items) - _MOST_OUTLETS:,} others"
        rows.append([others, f"{rest:,}", share(rest, facts.n_sentences)])
    return table(["outlet", "sentences", "share"], rows)


def sources(facts: CardFacts) -> str:
    """Sentences per label source."""
    rows = [
        [_code(source), f"{n:,}", share(n, facts.n_sentences)]
        for source, n in facts.n_sources.items()
    ]
    return table(["label source", "sentences", "share"], rows)


def reviewers(facts: CardFacts) -> str:
    """What each reviewer did."""
    keys = facts.about.keys
    rows = [
        [
            one.annotator,
            f"{one.n_annotations:,}",
            f"{one.n_skipped:,}",
            *(share(one.n_labels[key], one.n_annotations) for key in keys),
            f"{one.active_ms / 1000 / (one.n_annotations + one.n_skipped):.1f}",
        ]
        for one in facts.reviewers
    ]
    return table(
        ["reviewer", "annotations", "skipped", *map(_code, keys), "seconds a sentence"], rows
    )


def votes(facts: CardFacts) -> str:
    """Sentences by how many annotations vote on them."""
    rows = [
        [f"{votes}", f"{n:,}", share(n, facts.n_sentences)] for votes, n in facts.n_votes.items()
    ]
    return table(["votes", "sentences", "share"], rows)


def agreement(facts: CardFacts) -> str:
    """Alpha for each label and for label sets, or why there is none."""
    rows = [
        [
            _code(one.measure) if one.measure in facts.n_labels else one.measure,
            f"{one.alpha:.3f}" if one.alpha is not None else f"undefined: {one.reason}",
            f"{one.n_sentences:,}",
            f"{one.n_votes:,}",
        ]
        for one in facts.agreement
    ]
    return table(["measure", "alpha", "sentences", "votes"], rows)


def splits(facts: CardFacts) -> str:
    """Sentences per split, beside what was asked."""
    asked = facts.about.shares
    rows = [
        [
            plain(split),
            f"{n:,}",
            share(n, facts.n_sentences),
            f"{asked[split]} %" if split in asked else "–",
        ]
        for split, n in facts.n_splits.items()
    ]
    return table(["split", "sentences", "share", "asked"], rows)


def between(found: Range) -> str:
    """From the first to the last; only the day is told."""
    if found.first is None or found.last is None:
        return "at times that are not known"
    first, last = found.first[:10], found.last[:10]
    return f"on {first}" if first == last else f"from {first} to {last}"


def versions(what: str, numbers: tuple[int, ...]) -> str:
    """One version or several of something."""
    if not numbers:
        return f"no {what}"
    word = "version" if len(numbers) == 1 else "versions"
    return f"{what} {word} {', '.join(map(str, numbers))}"


def _code(key: str) -> str:
    return f"`{key.replace('`', '')}`"
