from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.kinds import Kind
from workbench.text.recurring import line_key, recurring_lines
from workbench.text.segmenting import segment

STORIES = [
    "The bridge of Orlen fell on Friday. Nobody was hurt. It was built in 1907.",
    "Two ferries met in fog off Mere. One of them sank. Its crew swam ashore.",
    "The council of Brenn sold its last tram. A farmer bought it. He keeps hens in it.",
    "Apples are dear this year. Frost came in May. Growers in Lisk lost half of the crop.",
]
HEADLINES = ["Bridge falls", "Ferries collide", "Tram sold", "Apples dear"]


def pieces(text, language="en"):
    return [(found.kind, found.of(text)) for found in segment(text, language)]


def pages(line, stories=STORIES):
    return [
        pieces(f"{headline}\n\n{story}\n\n{line}\n\n{story.split('. ')[1]} indeed.")
        for headline, story in zip(HEADLINES, stories, strict=False)
    ]


@pytest.mark.parametrize("line", ["From the harbour desk", "Orlen Post weekend", "5 min on foot"])
def test_a_line_without_a_stop_in_three_stories_is_furniture(line):
    assert recurring_lines(pages(line)) == {line_key(Kind.SUBHEAD, line)}


def test_a_line_in_two_stories_is_none():
    assert not recurring_lines(pages("From the harbour desk")[:2])


def test_a_counter_or_a_day_in_a_line_may_differ():
    articles = [
        pieces(f"{headline}\n\n{story}\n\nMere edition no {number}\n\nIt was late.")
        for number, (headline, story) in enumerate(zip(HEADLINES, STORIES, strict=True), 8)
    ]

    assert len(recurring_lines(articles)) == 1


@pytest.mark.parametrize(
    "line",
    ["The war began in 2014.", "He said: “We stay.”", "Who pays for the bridge of Orlen, after all "
     "these years and all these promises?", "It was late, the mayor said. (AFP)"],
)  # fmt: skip
def test_a_sentence_is_never_furniture(line):
    assert not recurring_lines(pages(line))


def test_a_sentence_in_another_script_is_never_furniture():
    articles = [pieces(f"{story}\n\nपुल कल शाम गिर गया।", "hi") for story in STORIES]

    assert not recurring_lines(articles)


def test_headings_of_wire_copy_are_kept():
    # Four outlets carry one story, each with changes of its own.
    story = "Gates were opened\n\n" + " ".join(STORIES)
    ends = ["", " It rained.", " Snow fell.", " The sun shone."]
    articles = [pieces(f"Bridge falls\n\n{story}{end}") for end in ends]

    assert not recurring_lines(articles)


def test_a_headline_is_kept():
    articles = [pieces(f"Letters to the harbour\n\n{story}") for story in STORIES]

    assert not recurring_lines(articles)


def test_a_short_notice_in_every_article_makes_no_copies_of_them():
    notice = "Read by many. Loved by some."
    articles = [
        pieces(f"{headline}\n\n{story}\n\nHarbour desk\n\n{notice}")
        for headline, story in zip(HEADLINES, STORIES, strict=True)
    ]

    assert recurring_lines(articles) == {"harbour desk"}


LINES = st.sampled_from(["Menu", "Top of page", "He left.", "She stayed?", "A 7", "पुल गिर गया।"])
KINDS = st.sampled_from(list(Kind))
ARTICLES = st.lists(st.lists(st.tuples(KINDS, st.one_of(LINES, st.text())), max_size=8), max_size=8)


@given(ARTICLES)
def test_every_line_found_stands_in_enough_articles(articles):
    keys = [{line_key(*piece) for piece in article} for article in articles]

    assert all(sum(key in found for found in keys) >= 3 for key in recurring_lines(articles))


@given(ARTICLES)
def test_the_same_articles_give_the_same_lines(articles):
    assert recurring_lines(articles) == recurring_lines(list(articles))


def test_time_is_linear():
    def seconds(count):
        articles = [
            [(Kind.BODY, f"Sentence {n % 50} of {m} stays."), (Kind.SUBHEAD, "Menu")]
            for n in range(count)
            for m in (n % 7,)
        ]
        start = process_time()
        recurring_lines(articles)
        return process_time() - start

    assert min(seconds(16_000) for _ in range(3)) < (seconds(2_000) + 0.02) * 20
