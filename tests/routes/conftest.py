"""The application of gated.py, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from gated import Site

from db.engine import Engines, engines
from workbench.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        database_url="",
        hosts=("testserver", "localhost", "::1"),
        secure_cookies=False,
        accept_data_loss=False,
    )


@pytest.fixture
def site(own_engines: Engines, now, settings: Settings) -> Site:
    """An installation with one reviewer, Ada."""
    site = Site(own_engines, now, settings)
    site.account("Ada")
    return site


@pytest.fixture
def empty_site(own_engines: Engines, now, settings: Settings) -> Site:
    """An installation without anybody."""
    return Site(own_engines, now, settings)


@pytest.fixture
def broken_site(site: Site, tmp_path: Path) -> Iterator[Site]:
    """The same with the database away."""
    if site.engines.path is None:
        url = site.engines.read.url.set(port=1).render_as_string(hide_password=False)
    else:
        url = f"sqlite:///{tmp_path / 'no' / 'such' / 'folder' / 'workbench.db'}"
    away = engines(url)
    yield Site(away, site.clock.now, site.settings)
    away.dispose()
