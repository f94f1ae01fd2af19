"""Articles in the manner of news prose, made up by rule: the same number gives the same article."""

import random
from collections.abc import Iterator

SENTENCES = 25
PEOPLE = ("Mara Veldt", "Jonas Arkwright", "Lena Osei", "Tomas Brandl", "Ines Caro", "Paul Reyer")
OFFICES = ("the interior ministry", "a coalition spokesman", "the provincial council", "the army")
PLACES = ("Northford", "the port of Sella", "Karrow", "the Upper Tann valley", "Old Brisk")
THINGS = ("bridges", "fuel depots", "field hospitals", "grain stores", "radio masts", "checkpoints")
VERBS = ("struck", "inspected", "evacuated", "rebuilt", "searched", "closed")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SHAPES = (
    "{office} said on {day} that {n} {things} near {place} had been {verb} since {month}.",
    "“We have {verb} more than {n} {things},” said {person}, who speaks for {office}.",
    "{person} disputed the figure and put it at {m} at most.",
    "According to {office}, U.S. officials counted {n} {things} in {place} by 6 p.m. on {day}.",
    "About {m} percent of the {things} in {place} were {verb} in the first {k} days, records show.",
    "Residents of {place} spoke of long queues, and of roads that were {verb} without notice.",
    "Dr. {person} called the numbers “not credible”; the ministry did not respond to questions.",
    "The cost, put at ${k}.{m} million, will be met by {office}, a letter seen on {day} says.",
)


def sentence(rng: random.Random) -> str:
    """One sentence."""
    text = rng.choice(SHAPES).format(
        person=rng.choice(PEOPLE),
        office=rng.choice(OFFICES),
        place=rng.choice(PLACES),
        things=rng.choice(THINGS),
        verb=rng.choice(VERBS),
        day=rng.choice(DAYS),
        month=rng.choice(("March", "April", "May")),
        n=rng.randint(101, 999),
        m=rng.randint(11, 98),
        k=rng.randint(2, 9),
    )
    return text[0].upper() + text[1:]


def paragraphs(seed: int, n_sentences: int = SENTENCES) -> list[list[str]]:
    """The sentences of an article, by paragraph."""
    rng = random.Random(seed)  # noqa: S311 - no secret, the same text each time
    found: list[list[str]] = []
    left = n_sentences
    while left:
        size = min(left, rng.randint(1, 4))
        found.append([sentence(rng) for _ in range(size)])
        left -= size
    return found


def raw_article(seed: int) -> str:
    """An article as a website gives it: headline, byline, paragraphs."""
    rng = random.Random(~seed)  # noqa: S311 - no secret, the same text each time
    headline = f"{rng.choice(THINGS).title()} near {rng.choice(PLACES)} Closed After Dispute {seed}"
    body = "\n\n".join(" ".join(part) for part in paragraphs(seed, SENTENCES - 1))
    return f"{headline}\n\nBy {rng.choice(PEOPLE)}\n\n{body}\n"


def raw_articles(n: int) -> Iterator[tuple[str, str]]:
    """File names and texts."""
    for seed in range(n):
        yield f"article-{seed:05}.txt", raw_article(seed)
