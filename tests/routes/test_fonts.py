"""Fonts: cut down to what pages show, and whole ones for the characters that are left out."""

import re
from io import BytesIO

import pytest
from fonts import icon_names, icons_in, outside, stale, whole
from fontTools.ttLib import TTFont
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from workbench.routes import fonts
from workbench.routes.assets import Assets
from workbench.routes.streamlit_files import static_folder

STYLE = fonts.FOLDER.parent / "ui" / "fonts.css"
LICENCES = {"serif": "OFL.txt", "sans": "OFL.txt", "icons": "Apache-2.0.txt"}
WORDS = "Łódź, Việt Nam: ế ộ ữ; Київ, Ђ ѣ; Ελλάδα, ᾧ; Čapek, Ş ș İ ı; 1⁄2 “€” ‘₴’ … – — → −5 °"


@pytest.fixture(scope="module")
def client():
    inner = Starlette(routes=[Route("/{path:path}", lambda _: PlainTextResponse("streamlit"))])
    return TestClient(Assets(inner))


def theirs(name):
    return f"{fonts.THEIRS}{whole(name).name}"


def ranges(family):
    rules = re.findall(r"@font-face \{(.+?)\}", STYLE.read_text(), re.DOTALL)
    (rule,) = [each for each in rules if f'"{family}"' in each]
    return " ".join(rule.partition("unicode-range:")[2].rstrip("; \n").split())


@pytest.mark.parametrize("name", fonts.CUT)
def test_where_streamlit_asks_for_a_whole_font_a_small_one_is_sent(client, name):
    answer = client.get(theirs(name))
    assert answer.headers["content-type"] == "font/woff2"
    assert len(answer.content) < whole(name).stat().st_size * 0.6


def test_all_three_are_less_than_two_hundred_thousand_bytes(client):
    assert sum(len(client.get(theirs(name)).content) for name in fonts.CUT) < 200_000


@pytest.mark.parametrize("name", ["serif", "sans"])
def test_the_whole_font_is_there_for_what_the_small_one_lacks(client, name):
    answer = client.get(f"/fonts/{name}.woff2")
    assert answer.content == whole(name).read_bytes()


@pytest.mark.parametrize("name", ["serif", "sans"])
def test_the_range_of_a_whole_font_is_all_that_the_small_one_lacks(name):
    assert ranges(f"Source {name.capitalize()}") == outside(name)


@pytest.mark.parametrize("name", ["serif", "sans"])
def test_text_in_latin_greek_and_cyrillic_needs_no_whole_font(client, name):
    small = TTFont(BytesIO(client.get(theirs(name)).content)).getBestCmap()
    there = TTFont(whole(name)).getBestCmap()
    assert {letter for letter in WORDS if ord(letter) in there} <= set(map(chr, small))


def test_a_small_font_is_kept_in_the_weights_of_the_stylesheets(client):
    for name in ("serif", "sans"):
        (axis,) = TTFont(BytesIO(client.get(theirs(name)).content))["fvar"].axes
        assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)


def test_every_icon_that_a_page_can_name_is_there(client):
    there = icons_in(TTFont(BytesIO(client.get(theirs("icons")).content)))
    assert icon_names() & icons_in(TTFont(whole("icons"))) <= there
    assert {"expand_more", "upload", "arrow_back", "close"} <= there


def test_the_fonts_belong_to_the_installed_streamlit():
    assert stale() == []


def test_a_font_that_has_not_changed_is_not_sent_again(client):
    first = client.get(theirs("icons"))
    again = client.get(theirs("icons"), headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "private, no-cache"


def test_the_name_that_the_licence_reserves_is_not_used(client):
    for name in ("serif", "sans"):
        table = TTFont(BytesIO(client.get(theirs(name)).content))["name"]
        shown = {str(each) for each in table.names if each.nameID in {1, 3, 4, 6, 16, 25}}
        assert not [each for each in shown if "Source" in each]


@pytest.mark.parametrize("name", fonts.CUT)
def test_each_font_has_its_licence_beside_it(name):
    assert f"{name}.woff2" in (fonts.FOLDER / LICENCES[name]).read_text()


@pytest.mark.parametrize("path", ["/fonts/other.woff2", "/fonts/../sans.woff2", "/static/media/x"])
def test_nothing_else_is_answered_for(client, path):
    assert client.get(path).text == "streamlit"


def test_streamlit_still_names_the_fonts_as_we_know_them():
    media = static_folder() / "static" / "media"
    assert all(len(list(media.glob(pattern))) == 1 for pattern in fonts.CUT.values())
