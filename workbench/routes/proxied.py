"""GET /signin where a proxy signs people in: a session of ours for whom it names."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from db.engine import transaction
from db.errors import DatabaseFault
from workbench.errors import WorkbenchError
from workbench.routes import letting_in, visits
from workbench.routes import sign_in_pages as pages
from workbench.routes.arrival import PROXIED
from workbench.routes.letting_in import Place
from workbench.services import signing_in_by_others
from workbench.services.sessions import SignedIn

NOT_HERE = "A proxy signs people in here: open the workbench through it."
NOBODY = "The proxy in front did not say who you are. Open the workbench through it, and sign in."


async def get_sign_in(
    request: Request,
    *,
    place: Place,
    target: str,
    let_in: Callable[[SignedIn, str, Place], Response],
) -> Response:
    """Let in whom the gate found to be named by the proxy."""
    if visits.is_look_ahead(request):
        return Response(status_code=204, headers=pages.NO_STORE)
    if "token" in request.query_params:
        return pages.proxied(error=NOT_HERE, status=403)
    name = request.headers.get(PROXIED.decode(), "").encode("latin-1").decode()
    if not name:
        return pages.proxied(error=NOBODY, status=401)
    try:
        return let_in(await run_in_threadpool(_sign_in, place, request, name), target, place)
    except WorkbenchError as error:
        await run_in_threadpool(
            letting_in.note_refusal, place, request, error, signing_in_by_others.PROXY
        )
        return pages.proxied(error=str(error), status=error.status)
    except DatabaseFault as error:
        return pages.empty(error=str(error), status=503)


def _sign_in(place: Place, request: Request, name: str) -> SignedIn:
    with transaction(place.engines) as session:
        now = place.clock(session)
        letting_in.end_earlier(session, place, request, now)
        return signing_in_by_others.sign_in_by_name(
            session,
            name=name,
            joins_as=place.settings.proxy.join if place.settings.proxy else "",
            now=now,
            **letting_in.whence(request),
        )
