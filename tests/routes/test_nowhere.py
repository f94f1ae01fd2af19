"""A program that asks at a wrong address is told so; people get the pages."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from workbench.routes import export, imports, nowhere, ops

BROWSER = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def client(own_engines, tmp_path):
    ours = [
        *ops.routes(own_engines),
        *export.routes(own_engines, tmp_path),
        *imports.routes(own_engines),
        *nowhere.routes(["export", "import", "audit-log", "articles"]),
    ]
    streamlit = Route("/{path:path}", lambda _: PlainTextResponse("page"))
    with TestClient(Starlette(routes=[*ours, streamlit])) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    ["/export/quay/latest/jsonl", "/export/quay", "/imports/quay", "/audit/x/y", "/api/nope"],
)
def test_a_wrong_address_is_not_answered_with_a_page(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert "nothing at this address" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/export", "/import", "/audit-log", "/articles", "/articles/"])
def test_pages_stay_pages(client, path):
    assert client.get(path).text == "page"


@pytest.mark.parametrize(
    "path",
    ["/", "/_stcore/health", "/static/js/index.js", "/media/a.png", "/favicon.png", "/index.html"],
)
def test_what_streamlit_has_stays_with_streamlit(client, path):
    assert client.get(path, headers=BROWSER).text == "page"


@pytest.mark.parametrize("path", ["/nosuch", "/articles/7", "/nosuch/articles", "/Articles"])
def test_an_unknown_page_is_said_so_with_a_way_back(client, path):
    answer = client.get(path, headers=BROWSER)

    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert 'href="/"' in answer.text
    assert path in answer.text
    assert client.get(path).json()["error"].startswith("There is no page")


def test_an_address_is_quoted_as_text_and_not_at_any_length(client):
    answer = client.get("/%3Cscript%3Ealert(1)%3C/script%3E" + 500 * "x", headers=BROWSER)

    assert "&lt;script&gt;" in answer.text
    assert "<script" not in answer.text
    assert 200 * "x" not in answer.text


def test_what_stands_at_an_address_is_still_reached(client):
    assert client.get("/export/quay/latest.jsonl").status_code == 401
    assert client.delete("/api/ops").status_code == 405
