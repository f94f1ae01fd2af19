"""The installation of screens.py. Pages reach the database through services, which are tested on
both kinds; that every page opens on both is in test_every_page.py."""

from collections.abc import Iterator
from functools import cache

import pytest
from screens import Installation
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from db.engine import Engines
from workbench.settings import settings


def _know_the_components() -> None:
    from importlib import import_module

    for name in ("annotator", "article_list", "reader"):
        import_module(f"workbench.components.{name}")


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """Packaged components can be imported first where Streamlit runs; from then on anywhere.

    A server looks through all installed packages for them when it starts, but each run of an
    AppTest starts anew, and half its time went there: it finds the same ones, so it looks once.
    """
    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        AppTest.from_function(_know_the_components).run()
        yield


@pytest.fixture
def engine_name() -> str:
    """The kind of database under the pages of most tests."""
    return "sqlite"


@pytest.fixture
def installation(own_engines: Engines, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """An installation of its own for one test, with nothing in it."""
    path, url = own_engines.path, own_engines.write.url
    named = f"sqlite:///{path}" if path else url.render_as_string(hide_password=False)
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", named)
    settings.cache_clear()
    yield Installation(own_engines)
    settings.cache_clear()
