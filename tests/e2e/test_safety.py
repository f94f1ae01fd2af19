"""Imported text is shown as it was written: nothing in it runs, loads, or turns into formatting."""

import pytest
from playwright.sync_api import expect

from tests.e2e.annotator_page import AnnotatorPage

RUN = "alert(1)"
LINES = f"""<script>{RUN}</script> said the mayor.
<img src=x onerror="{RUN}"> was shown.
<svg onload={RUN}> was drawn.
<iframe src="javascript:{RUN}"></iframe> stood there.
<a href="javascript:{RUN}">a link</a> was given.
<body onload={RUN}> was open.
<input autofocus onfocus={RUN}> was filled in.
<details open ontoggle={RUN}> was opened.
<style>*{{display:none}}</style> was hidden.
<link rel=stylesheet href=https://evil.example/a.css> was linked.
<meta http-equiv=refresh content="0;url=https://evil.example"> moved on.
<form action=https://evil.example><button>Go</button></form> was sent.
<math><mtext></mtext><mglyph><style><img src=x onerror={RUN}></style></math> was computed.
<template><img src=x onerror={RUN}></template> was kept.
"><script>{RUN}</script><x y=" was closed.
'-{RUN}-' was subtracted.
${{{RUN}}} and {{{{{RUN}}}}} were filled in.
javascript:{RUN} was written.
&lt;script&gt;{RUN}&lt;/script&gt; was escaped.
![a picture](https://evil.example/track.png) was sent.
[a link](https://evil.example) was quoted.
https://evil.example/bare was printed.
**bold** and *slanted* and __under__ and ~~struck~~ were meant.
# a heading was said.
> a quotation was said.
- an item was said.
1. a number was said.
`code` and ```fence``` were said.
| a | table | was said.
$E = mc^2$ and $$x^2$$ were derived.
:red[colour] and :blue-badge[badge] and :material/home: were named.
:smile: and :+1: were sent.
-- and --- and -> and <- and >= and ... were typed.
\\*escaped\\* and \\$ were written.
--- was a rule.
a  b   c\twas spaced.
=HYPERLINK("https://evil.example") was calculated.
"""
# Elements that only markdown or HTML in imported text could have made.
MADE_OF_TEXT = (
    "img, script, iframe, form[action*='evil'], strong, em, del, code, blockquote, math, .katex, "
    "a[href*='evil'], a[href^='javascript'], [onload], [onerror], [data-testid=stMarkdownBadge]"
)
NAME = f'<img src=x onerror="{RUN}"> **bold** ![x](https:evil.example).txt'
FILES = {NAME: LINES, '"><script>' + RUN + "<!-- $x$.txt": "<b>The ferry</b> was *late*.\n"}


@pytest.fixture
def slug(installation):
    """A project of its own for each test, whose articles try everything."""
    slug = installation.create_another("hostile")
    installation.bring(slug, FILES)
    return slug


@pytest.fixture
def hostile(installation, slug):
    """The sentences of that project in their order."""
    return installation.queue(slug)


@pytest.fixture
def manager(slug, sign_in):
    """Who may see every page of that project; nothing may have run in the end."""
    visitor = sign_in(role="manager", project=slug)
    yield visitor
    assert visitor.dialogs == []


def is_plain(place):
    """Whether nothing in a part of the page was made of imported text."""
    return place.locator(MADE_OF_TEXT).count() == 0


def test_every_hostile_sentence_is_shown_literally_while_labelling(manager, hostile, installation):
    annotator = AnnotatorPage(manager, installation).ready()
    assert len(hostile) > 35
    for sentence in hostile:
        annotator.shows(sentence)  # nobody answers as fast: more of them may be on the way
        assert (annotator.sentence, annotator.text) == (sentence, installation.text(sentence))
        annotator.press("0")

    assert is_plain(annotator.root.get_by_role("region", name="Article"))
    assert len(annotator.stored()) == len(hostile)


def test_a_hostile_file_name_is_shown_literally_while_labelling(manager, hostile, installation):
    annotator = AnnotatorPage(manager, installation).ready()
    for name in FILES:
        annotator.visitor.open(f"/?sentence={first_sentence(installation, hostile, name)}")
        expect(annotator.root.get_by_text(name)).to_be_visible()
        assert is_plain(annotator.root)


def first_sentence(installation, hostile, name):
    """Of the article that came from this file."""
    rows = installation.rows("SELECT public_id FROM article WHERE source_name = ?", name)
    articles = {row["public_id"] for row in rows}
    return next(each for each in hostile if each.partition(":")[0] in articles)


def test_the_list_of_articles_shows_hostile_names_literally(manager):
    page = manager.open("/articles")

    for name in FILES:
        expect(page.get_by_test_id("article-list").get_by_role("link", name=name)).to_be_visible()
    assert is_plain(page.get_by_test_id("stMain"))


def test_one_article_shows_every_hostile_sentence_literally(manager, hostile, installation):
    article, _, _ = first_sentence(installation, hostile, NAME).partition(":")
    page = manager.open(f"/articles?article={article}")
    reader = page.get_by_test_id("reader")

    here = {installation.text(each) for each in hostile if each.startswith(article)}
    assert len(here) > 35
    expect(reader.locator("[data-segment]").nth(len(here) - 1)).to_be_attached()
    shown = reader.locator("[data-segment]").all_text_contents()
    assert here <= set(shown)
    expect(page.get_by_test_id("stMain")).to_contain_text(NAME)
    assert is_plain(page.get_by_test_id("stMain"))


def test_the_export_preview_shows_hostile_sentences_literally(manager, installation, hostile):
    annotator = AnnotatorPage(manager, installation).ready()
    first = annotator.text
    annotator.press("1")
    annotator.has_sent_all()
    page = manager.open("/export")

    cells = page.locator(".wb-preview .wb-sentence")
    expect(cells.first).to_be_attached()
    shown = cells.all_text_contents()
    assert first in shown
    assert set(shown) <= {installation.text(sentence) for sentence in hostile}
    assert is_plain(page.get_by_test_id("stMain"))


@pytest.mark.parametrize("text", ["**bold** $x$ <b>x</b>", f'<img src=x onerror="{RUN}">'])
def test_a_hostile_comment_is_shown_literally(annotator, text):
    annotator.press("m")
    annotator.page.keyboard.insert_text(text)
    annotator.press("Control+Enter")
    annotator.has_sent_all()
    annotator.reload().press("m")

    expect(annotator.sheet.get_by_label("Comment on this sentence")).to_have_value(text)
    assert annotator.visitor.dialogs == []


def test_a_name_like_markdown_is_shown_literally(installation, sign_in):
    name = installation.add(name="*Ada* :red[Lin] $x$ `y`")
    page = sign_in(name).open("/account")

    expect(page.get_by_text(name, exact=True)).to_be_visible()
    assert is_plain(page.get_by_test_id("stMain"))


def test_no_page_asks_anybody_but_the_workbench(sign_in, queue):
    manager = sign_in(role="manager")
    article = queue[0].partition(":")[0]
    for path in ("/", f"/articles?article={article}", "/guideline", "/export", "/account"):
        page = manager.open(path)
        expect(page.get_by_role("heading", level=1).first).to_be_attached()

    assert len(manager.asked) > 50
    assert manager.strangers == []
