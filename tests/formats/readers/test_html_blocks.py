"""The blocks of a web page are lines of its text, however short the page is."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.readers import making, reading

HEAD, STAND = "Ferry stops", "By Ada Marsh"
FIRST = "The ferry on the Orle stopped on Friday, the harbour said."
QUOTE = "Its company denied it."
CAPTION = "People at the pier. Photo: B. Lind"


def lines(body, head=""):
    page = f"<html><head><title>T</title>{head}</head><body>{body}</body></html>"
    return reading.one("a.html", page.encode()).text.splitlines()


@pytest.mark.parametrize("between", ["", "\n", "<aside>Read also: Boats</aside>"])
def test_a_short_article_keeps_its_blocks(between):
    blocks = (
        f"<h1>{HEAD}</h1><p class=byline>{STAND}</p><p>{FIRST}</p>",
        f"<blockquote><p>{QUOTE}</p></blockquote><figure><figcaption>{CAPTION}</figcaption></figure>",
        "<ul><li>One boat</li><li>Two <i>small</i> boats</li></ul>",
    )
    found = lines(f"<nav><a>{HEAD}</a></nav><article>{between.join(blocks)}</article>")
    assert found == [HEAD, STAND, FIRST, QUOTE, CAPTION, "One boat", "Two small boats"]


def test_words_that_are_set_off_break_no_block():
    menu = "<nav><a>The harbour</a> <a>Orle</a></nav>"
    text = "<p><a>The harbour</a> said the ferry on the <b>Orle</b> had stopped.</p>"
    found = lines(f"{menu}<article><h1>{HEAD}</h1>{text}<p>{QUOTE} {FIRST}</p></article>")
    assert found == [
        HEAD,
        "The harbour said the ferry on the Orle had stopped.",
        f"{QUOTE} {FIRST}",
    ]


def test_a_page_of_a_few_words_has_its_blocks_for_lines():
    found = lines("<div>The <b>ferry</b> stopped.</div><div>It w<i>ill</i> go <u>again</u></div>")
    assert found == ["The ferry stopped.", "It will go again"]


def test_texts_that_end_as_paragraphs_do_stay_apart():
    assert lines("<div><span>It rained.</span><span>It went on.</span></div>") == [
        "It rained.",
        "It went on.",
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>{HEAD}</h2><p>{FIRST}</p><ul><li>{QUOTE}</li></ul><p>{FIRST.upper()}</p>",
        f"&lt;p&gt;{HEAD}&lt;/p&gt;&lt;p&gt;{FIRST}<br>{QUOTE}&lt;/p&gt;&lt;p&gt;{FIRST.upper()}",
        f"{HEAD}\n\n{FIRST}\n{QUOTE}\r\n{FIRST.upper()}",
    ],
)
def test_an_article_that_only_the_json_of_the_page_has_keeps_its_blocks(body):
    linked = json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": body}]})
    found = lines("<div></div>", f'<script type="application/ld+json">{linked}</script>')
    assert found == [HEAD, FIRST, QUOTE, FIRST.upper()]


WORDS = st.text(alphabet="abcdeé.,\U0001f600 ", max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=3, max_size=8), st.sampled_from(["p", "h2", "div", "li"]))
def test_no_line_of_a_short_article_has_two_blocks(words, tag):
    texts = [f"Block {n} says {' '.join(text.split())}" for n, text in enumerate(words)]
    inside = "".join(f"<{tag}>{text}</{tag}>" for text in texts)
    found = lines(f"<article><h1>{HEAD}</h1><p>{FIRST} {QUOTE} {FIRST}</p>{inside}</article>")
    assert all(line.count("Block ") <= 1 for line in found)


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "<i>a</i>" * 2_900 + "</p><p>" + "<i>aa</i>" * 2_900 + "</p>",
        "<div>" + "".join(f"<p>a{'b' * (n % 9)}</p>" for n in range(2_900)) + "</div>",
        "<article>" + "<div><b>abababababab</b>aba</div>" * 2_900 + "b</article>",
    ],
)
def test_a_page_made_to_be_slow_is_read_in_seconds(body):
    started = time.process_time()
    reading.one("a.html", making.page(making.BRIDGE, body).encode())
    assert time.process_time() - started < 10
