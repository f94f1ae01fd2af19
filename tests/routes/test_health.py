import shutil
from collections import namedtuple

from workbench.services import health

Usage = namedtuple("Usage", "total used free")


def test_health_is_ok_when_the_database_answers(site):
    response = site.client().get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")
    assert response.headers["content-type"].startswith("text/plain")


def test_health_needs_nobody_and_tells_nothing_more(site):
    response = site.client("x" * 43).get("/healthz?verbose=1")
    assert (response.status_code, response.text) == (200, "ok")


def test_a_full_disk_shows(site, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**9, 10**9, health.ROOM - 1))
    response = site.client().get("/healthz")
    assert (response.status_code, response.text) == (
        503,
        "The disk with the data folder is full.\n",
    )


def test_a_database_that_is_away_shows(broken_site):
    response = broken_site.client().get("/healthz")
    assert (response.status_code, response.text) == (503, "The database does not answer.\n")


def test_folders_that_are_not_there_need_no_room(session, tmp_path):
    assert health.fault(session, folders=[tmp_path / "nowhere"]) is None
