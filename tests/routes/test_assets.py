"""Scripts and styles are compressed, kept where their address holds their hash, and announced."""

import re

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from workbench.routes import component_files
from workbench.routes.assets import Assets
from workbench.routes.component_files import FOLDER, PREFIX

KEPT = "private, max-age=31536000, immutable"
COMPONENTS = sorted(path.parent.name for path in FOLDER.glob("*/component.js"))


@pytest.fixture(scope="module")
def client():
    inner = Starlette(routes=[Route("/{path:path}", lambda _: PlainTextResponse("streamlit"))])
    return TestClient(Assets(inner), headers={"accept-encoding": "gzip"})


def announced(client):
    return re.findall(r"<([^>]+)>", client.get("/").headers["link"])


def named_in(text, base):
    return {f"{base}/{name}" for name in re.findall(r'"\./([^"]+)"', text)}


@pytest.mark.parametrize("component", COMPONENTS)
def test_what_a_component_imports_is_found_under_a_name_that_may_be_kept(client, component):
    base = f"{PREFIX}{component}"
    for entry in component_files.ENTRIES:
        answer = client.get(f"{base}/{entry}")
        assert answer.headers["cache-control"] == "private, no-cache"
        for address in named_in(answer.text, base):
            assert client.get(address).headers["cache-control"] == KEPT


def test_a_kept_file_is_the_file_itself(client):
    (address,) = [each for each in announced(client) if each.endswith("/outbox.js")]
    assert client.get(address).text == (FOLDER / "annotator" / "outbox.js").read_text()


def test_everything_announced_is_there(client):
    addresses = announced(client)
    assert f"{PREFIX}annotator/component.js" in addresses
    assert any("BidiComponent" in address for address in addresses)
    for address in addresses:
        assert client.get(address).headers["content-encoding"] == "gzip"


def test_a_file_under_an_old_hash_is_sent_but_not_to_be_kept(client):
    answer = client.get(f"{PREFIX}annotator/{'0' * 12}/outbox.js")
    assert "export class Outbox" in answer.text
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "annotator/__init__.py",
        "annotator/../reader/component.js",
        "annotator/missing.js",
        "annotator/sub/outbox.js",
        "nothing/component.js",
    ],
)
def test_nothing_else_is_answered_for(client, path):
    assert component_files.find(f"{PREFIX}{path}") is None


@pytest.mark.parametrize("path", ["annotator/__init__.py", "annotator/component.html"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_else_lies_beside_a_components_files_is_not_given_away(client, path, encoding):
    answer = client.get(f"{PREFIX}{path}", headers={"accept-encoding": encoding})

    assert answer.status_code == 404


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """A component of two files, in a folder of its own."""
    monkeypatch.setattr(component_files, "FOLDER", tmp_path)
    folder = tmp_path / "toy"
    folder.mkdir()
    (folder / "component.js").write_text('import { a } from "./a.js";')
    (folder / "a.js").write_text("export const a = 1;")
    yield folder
    component_files._component.cache_clear()


def start():
    """A server as it is after a start."""
    component_files._component.cache_clear()
    return TestClient(Assets(Starlette()))


def test_the_hash_follows_the_files(toy):
    before = start().get(f"{PREFIX}toy/component.js").text
    (toy / "a.js").write_text("export const a = 22;")

    assert start().get(f"{PREFIX}toy/component.js").text != before


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_server_sends_what_it_started_with_while_it_is_upgraded(toy, encoding):
    client = start()
    (toy / "component.js").write_text('import { b } from "./b.js";')
    (toy / "a.js").unlink()
    entry = client.get(f"{PREFIX}toy/component.js", headers={"accept-encoding": encoding}).text
    (address,) = named_in(entry, f"{PREFIX}toy")

    answer = client.get(address, headers={"accept-encoding": encoding})
    assert answer.text == "export const a = 1;"
    assert answer.headers["cache-control"] == KEPT


def test_only_the_first_page_is_announced_with(client):
    assert "link" not in client.get("/articles").headers


@pytest.mark.parametrize(
    "path",
    [
        f"{PREFIX}annotator/component.js",
        f"{PREFIX}annotator/__init__.py",
        f"{PREFIX}annotator/nothing.js",
        "/",
        "/anything",
    ],
)
def test_head_answers_as_get_does_without_the_body(client, path):
    whole, head = client.get(path), client.head(path)

    assert head.status_code == whole.status_code
    assert dict(head.headers) == dict(whole.headers)
    assert head.content == b""
