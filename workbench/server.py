"""ASGI entry: Streamlit's screens with our routes, behind the gate."""

import gc
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from importlib import import_module
from pathlib import Path

import click
import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db.closing import close
from db.engine import Engines, engines
from workbench import peers, starting
from workbench.app_pages import SCREENS
from workbench.errors import SetupError
from workbench.routes import assets, audit, export, health, imports, nowhere, ops, sign_in
from workbench.routes.assets import Assets
from workbench.routes.gate import Gate
from workbench.settings import settings
from workbench.text.visible import visible
from workbench.ui import recount_run

HERE = Path(__file__).parent
WARM = ("pandas", "pyarrow", "workbench.app_pages.annotate", "workbench.app_pages.articles")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the database, import what pages need, and fold the log back at a clean stop."""
    with ExitStack() as held:
        try:
            starting.check_sign_in(settings())
            if settings().proxy is not None and not peers.are_noted():
                message = (
                    "Where a proxy signs people in, start with 'workbench serve --auth proxy'."
                )
                raise SetupError(message)
            held.enter_context(starting.only_server(settings()))
            pair, _ = starting.prepare(settings(), is_server=True)
        except SetupError as error:
            # Below this line the server would print where the fault was raised.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            click.echo(f"workbench: {visible(str(error))}", err=True)
            raise
        async with _serving(pair):
            yield


@asynccontextmanager
async def _serving(pair: Engines) -> AsyncIterator[None]:
    logging.getLogger("uvicorn.access").disabled = True  # one-time tokens stand in addresses
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    for name in WARM:
        import_module(name)
    # Streamlit collects all garbage after every script run: what is loaded now is left out of it.
    gc.collect()
    gc.freeze()
    stopped = threading.Event()
    recount_run.go_on_everywhere()
    threading.Thread(target=assets.warm, args=(stopped.is_set,), daemon=True).start()
    yield
    stopped.set()
    recount_run.stop()
    close(pair)


async def to_annotate(request: Request) -> Response:
    """The annotate page stands at the root; its name leads there too."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{query}", 307)


_pair = engines(settings().database_url)
app = st.App(
    str(HERE / "app.py"),
    lifespan=lifespan,
    routes=[
        Route("/annotate", to_annotate),
        *sign_in.routes(_pair, settings()),
        *ops.routes(_pair),
        *export.routes(_pair, settings().home),
        *imports.routes(_pair),
        *audit.routes(_pair),
        *health.routes(_pair),
        *nowhere.routes([screen.address for screen in SCREENS]),
    ],
    middleware=[
        Middleware(Gate, engines=_pair, settings=settings()),
        Middleware(Assets),
    ],
)
