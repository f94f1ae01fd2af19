"""A program that asks at a wrong address is told so; people get the pages."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from workbench.routes import export, imports, nowhere, ops


@pytest.fixture
def client(own_engines, tmp_path):
    ours = [
        *ops.routes(own_engines),
        *export.routes(own_engines, tmp_path),
        *imports.routes(own_engines),
        *nowhere.routes(),
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


@pytest.mark.parametrize("path", ["/export", "/import", "/audit-log", "/articles"])
def test_pages_stay_pages(client, path):
    assert client.get(path).text == "page"


def test_what_stands_at_an_address_is_still_reached(client):
    assert client.get("/export/quay/latest.jsonl").status_code == 401
    assert client.delete("/api/ops").status_code == 405
