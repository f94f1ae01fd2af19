"""Whether a GET for a one-time link is a person's visit, which may use the link up.

Chats and mail filters open every link before the person does. Most name themselves. Those that pose
as browsers lack what a browser of today sends with a visit, and they keep no cookie.
"""

import re
from enum import Enum, auto

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

NO_STORE = {"cache-control": "no-store"}
LOOKERS = re.compile(
    r"bot\b|bot/|bot-|preview|crawl|spider|slurp|facebook|whatsapp|telegram|teams|outlook|embed|"
    r"unfurl|scan|safelink|proofpoint|barracuda|mattermost|rocket\.?chat|zulip|synapse|mastodon|"
    r"nextcloud|iframely",
    re.IGNORECASE,
)
BROWSER = "Mozilla/"
PROBE, ASKED = "workbench-visit", "visit"
PROBE_SECONDS = 60


class Visit(Enum):
    """By whom a link is opened: a person, something that looks at it for them, or not yet known."""

    PERSON = auto()
    LOOKER = auto()
    UNKNOWN = auto()


def is_look_ahead(request: Request) -> bool:
    """Whether nobody looks at the answer at all."""
    purpose = request.headers.get("sec-purpose", request.headers.get("purpose", ""))
    is_document = request.headers.get("sec-fetch-dest", "document") == "document"
    return request.method == "HEAD" or "prefetch" in purpose or not is_document


def of(request: Request) -> Visit:
    """By whom a link is opened."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        has_acted = site == "none" or request.headers.get("sec-fetch-user") == "?1"
        return Visit.PERSON if has_acted else Visit.LOOKER
    name = request.headers.get("user-agent", "")
    if LOOKERS.search(name):
        return Visit.LOOKER
    if name and not name.startswith(BROWSER):
        return Visit.PERSON  # a program of theirs, such as curl
    if PROBE in request.cookies:
        return Visit.PERSON
    return Visit.LOOKER if ASKED in request.query_params else Visit.UNKNOWN


def ask(request: Request) -> Response:
    """Send the visitor to the same place with a cookie: who brings it back is a browser."""
    url = URL(scope=request.scope).include_query_params(**{ASKED: "1"})
    response = RedirectResponse(f"{url.path}?{url.query}", 303, NO_STORE)
    response.set_cookie(
        PROBE, "1", max_age=PROBE_SECONDS, path="/signin", httponly=True, samesite="lax"
    )
    return response
