"""The sections of a data card: a datasheet, with the numbers of this training set in it."""

from collections.abc import Iterator

from workbench.formats.card import numbers
from workbench.formats.card.facts import CardFacts
from workbench.formats.card.words import counted, plain, share

Section = tuple[str, Iterator[str]]


def sections(facts: CardFacts) -> Iterator[tuple[str, list[str]]]:
    """Each section: its title and its paragraphs."""
    yield "Motivation", list(_motivation(facts))
    yield "Composition", list(_composition(facts))
    yield "Collection", list(_collection(facts))
    yield "Preprocessing, cleaning, labelling", list(_labelling(facts))
    yield "Agreement", list(_agreement(facts))
    yield "Splits", list(_splits(facts))
    yield "Uses", list(_uses(facts))
    yield "Known limits", list(limits(facts))
    yield "Distribution", list(_distribution(facts))
    yield "Maintenance", list(_maintenance(facts))


def _motivation(facts: CardFacts) -> Iterator[str]:
    yield (
        "Sentences of news articles, labelled for what a fact-checker has to know of them: to "
        "train and to judge models that find what can be checked."
    )
    if facts.about.description:
        yield plain(facts.about.description, longest=2_000)


def _composition(facts: CardFacts) -> Iterator[str]:
    yield (
        f"{counted(facts.n_sentences, 'sentence')} from {counted(facts.n_articles, 'article')}, "
        f"{facts.n_characters:,} characters, {counted(facts.n_annotations, 'annotation')} by "
        f"{counted(len(facts.reviewers), 'reviewer')}. A sentence may have several labels; an "
        "empty list of labels is an explicit none: somebody looked and gave no label."
    )
    yield numbers.labels(facts)
    if any(facts.n_together.values()):
        yield "How often two labels stand together:"
        yield numbers.together(facts)
    yield "What the sentences are in their articles:"
    yield numbers.kinds(facts)
    yield "Who published them:"
    yield numbers.outlets(facts)
    if facts.n_wire_sentences:
        yield (
            f"{counted(facts.n_wire_sentences, 'sentence')} "
            f"({share(facts.n_wire_sentences, facts.n_sentences)}) are copies of "
            f"{counted(facts.n_wire_clusters, 'wire text')}: `wire_cluster` tells which."
        )


def _collection(facts: CardFacts) -> Iterator[str]:
    yield f"Articles were published {numbers.between(facts.published)}."
    if facts.n_undated:
        yield f"Of {counted(facts.n_undated, 'sentence')} the article's date is not known."
    yield (
        "Articles were imported as files. The bytes are kept as they came; `sha256` is theirs, and "
        "the ids of articles and sentences follow from them."
    )
    yield selection(facts)


def selection(facts: CardFacts) -> str:
    """How the sentences were chosen."""
    about = facts.about
    chosen = "How the sentences were chosen to be labelled is not recorded."
    if about.random_share is not None:
        chosen = f"{about.random_share:.1%} of the sentences were chosen at random."
    if about.filters:
        asked = "; ".join(f"{plain(name)}: {plain(what)}" for name, what in about.filters.items())
        chosen += f" This set holds those that fit: {asked}."
    left = [
        (about.n_unsettled, "because the votes leave the label open"),
        (about.n_unlabelled, "because nobody labelled them"),
    ]
    told = [f"{counted(n, 'sentence')} {why}" for n, why in left if n]
    return f"{chosen} Left out: {'; '.join(told)}." if told else chosen


def _labelling(facts: CardFacts) -> Iterator[str]:
    about = facts.about
    splitter = f" by {plain(about.splitter)}" if about.splitter else ""
    yield (
        "Articles were cleaned once, at import, and cut into sentences"
        f"{splitter}; `start` and `end` count Unicode code points in the cleaned text."
    )
    yield protocol(facts)
    yield "What the labels mean:"
    yield numbers.meanings(facts)
    yield "How the final labels came about:"
    yield numbers.sources(facts)
    if facts.reviewers:
        yield "Who labelled (pseudonyms, the same in every file):"
        yield numbers.reviewers(facts)


def protocol(facts: CardFacts) -> str:
    """How labels were given."""
    shown = (
        f"Before {counted(facts.n_shown, 'decision')} a suggestion was on the screen"
        if facts.n_shown
        else "No suggestion was on the screen before a decision"
    )
    return (
        "Each sentence was read inside its article and labelled by one or more reviewers, "
        f"{numbers.between(facts.decided)}, under {numbers.versions('label set', facts.label_sets)}"
        f" and {numbers.versions('guideline', facts.guidelines)}. {shown}; `suggestion_shown` "
        f"tells which. Skipped decisions, which do not vote: {facts.n_skipped:,}."
    )


def _agreement(facts: CardFacts) -> Iterator[str]:
    yield "Sentences by their number of votes:"
    yield numbers.votes(facts)
    yield (
        "Krippendorff's alpha over the sentences of this set with two votes or more, for each "
        "label (given or not) and for whole label sets (MASI distance). Sentences with one vote "
        "are left out, skips too. 1 is perfect, 0 is chance."
    )
    unsettled = facts.about.n_unsettled or 0
    if facts.about.unsettled_votes:
        yield (
            "The sentences that are not in the set because their votes leave the label open are "
            f"counted here: {sum(facts.about.unsettled_votes.values()):,}."
        )
    elif unsettled:
        yield (
            f"Not counted: {counted(unsettled, 'sentence')} that are not in the set because their "
            "votes leave the label open. With them, agreement is lower."
        )
    yield numbers.agreement(facts)
    paired = facts.agreement[-1].n_sentences
    if paired:
        yield (
            f"Of {counted(paired, 'such sentence')} {facts.n_unanimous:,} "
            f"({share(facts.n_unanimous, paired)}) were given the same by all."
        )


def _splits(facts: CardFacts) -> Iterator[str]:
    if not facts.n_splits:
        yield "The set is not split."
        return
    yield numbers.splits(facts)
    yield (
        "Sentences of one article, of copies of one wire text and of articles that tell one story "
        "are in one split."
    )
    if facts.about.seed is not None:
        yield f"Drawn with the seed {facts.about.seed}."


def _uses(facts: CardFacts) -> Iterator[str]:
    yield (
        "Meant for sentence classification with several labels. A label says what a sentence does, "
        "not whether it is true: it is no verdict on anybody's claim."
    )


def limits(facts: CardFacts) -> Iterator[str]:
    """What should be known before the set is used; each follows from its numbers."""
    single = facts.n_votes.get(1, 0)
    if single:
        yield (
            f"- {counted(single, 'sentence')} ({share(single, facts.n_sentences)}) were labelled "
            "by one reviewer only: nothing tells how sure their labels are."
        )
    undefined = [one.measure for one in facts.agreement if one.alpha is None]
    if undefined:
        yield f"- Agreement is undefined for: {', '.join(map(plain, undefined))}."
    low = [one.measure for one in facts.agreement if one.alpha is not None and one.alpha < 2 / 3]
    if low:
        yield f"- Agreement is low (alpha below 0.667) for: {', '.join(map(plain, low))}."
    if facts.about.n_unsettled and not facts.about.unsettled_votes:
        yield "- Agreement is too good: sentences on which votes were split evenly are left out."
    rare = [key for key, n in facts.n_labels.items() if n < 50]
    if rare:
        yield f"- Fewer than 50 sentences have the label: {', '.join(map(plain, rare))}."
    if facts.n_outlets:
        outlet, most = next(iter(facts.n_outlets.items()))
        if outlet is not None and most * 2 > facts.n_sentences:
            yield f"- More than half of the sentences are by one outlet: {plain(outlet)}."
    if len(facts.label_sets) > 1 or len(facts.guidelines) > 1:
        yield "- Decisions were made under more than one version of label set or guideline."
    if facts.n_shown:
        yield "- Reviewers saw suggestions before some decisions, which may have swayed them."
    if facts.about.random_share is None:
        yield "- Shares of labels need not be those of the news: see how sentences were chosen."
    yield "- The texts name people and say of them what the articles said, true or not."


def _distribution(facts: CardFacts) -> Iterator[str]:
    licence = facts.about.licence
    yield f"Licence: {plain(licence)}." if licence else "Licence: left to the owner of the set."
    yield (
        "The articles belong to their publishers. Where their text may not be given on, the format "
        "`standoff` holds ids, offsets, hashes and labels without it."
    )


def _maintenance(facts: CardFacts) -> Iterator[str]:
    about = facts.about
    made = plain(about.tool)
    if about.snapshot is not None:
        yield f"Snapshot {about.snapshot} of the project {plain(about.project)}, made with {made}."
    else:
        yield f"An export of the project {plain(about.project)}, made with {made}."
    yield "A snapshot never changes; later labels go into the next one."
