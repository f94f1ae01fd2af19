"""GET and POST /signin, POST /signout."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db.engine import Engines, database_now
from db.errors import DatabaseFault
from workbench.errors import ThrottledError, WorkbenchError
from workbench.routes import letting_in, oidc, oidc_offers, proxied, taking, visits
from workbench.routes import sign_in_pages as pages
from workbench.routes.gate import cookie_name
from workbench.routes.letting_in import Clock, Place
from workbench.routes.places import HOME, local
from workbench.routes.visits import Visit
from workbench.services.links import LinkState
from workbench.services.sessions import LONGEST, SignedIn
from workbench.settings import Settings


def routes(engines: Engines, settings: Settings, clock: Clock = database_now) -> list[Route]:
    """The routes, bound to their database."""
    place = Place(engines, settings, clock)

    async def get(request: Request) -> Response:
        return await get_sign_in(request, place=place)

    async def post(request: Request) -> Response:
        return await post_sign_in(request, place=place)

    async def get_out(_request: Request) -> Response:
        return pages.sign_out()

    async def post_out(request: Request) -> Response:
        return await post_sign_out(request, place=place)

    async def style(_request: Request) -> Response:
        return pages.style()

    async def favicon(_request: Request) -> Response:
        return pages.favicon()

    return [
        Route("/signin", get, methods=["GET"]),
        Route("/signin", post, methods=["POST"]),
        Route("/signin/style.css", style, methods=["GET"]),
        Route("/signin/favicon.svg", favicon, methods=["GET"]),
        # Where browsers look while a page has not said yet what its mark is.
        Route("/favicon.ico", favicon, methods=["GET"]),
        Route("/signout", get_out, methods=["GET"]),
        Route("/signout", post_out, methods=["POST"]),
        *oidc.routes(place, shown=_form_page, let_in=_let_in),
    ]


async def get_sign_in(request: Request, *, place: Place) -> Response:
    """Show the form, or, with a one-time link, let its owner in."""
    token = request.query_params.get("token", "")
    target = local(request.query_params.get("next", HOME))
    if token and visits.is_look_ahead(request):
        return Response(status_code=204, headers=pages.NO_STORE)
    if not token and request.headers.get("x-workbench-uid"):
        return RedirectResponse(target, 303, pages.NO_STORE)
    if place.settings.proxy is not None:
        return await proxied.get_sign_in(request, place=place, target=target, let_in=_let_in)
    try:
        if not token:
            await run_in_threadpool(letting_in.refuse_disabled, place, request)
            return await _form_page(place, target=target)
        return await _opened(place, request, token, target)
    except WorkbenchError as error:
        return await _form_page(place, target=target, error=error)
    except DatabaseFault as error:
        return pages.empty(error=str(error), status=503)


async def _opened(place: Place, request: Request, token: str, target: str) -> Response:
    """What a link shows; a sign-in link that a person opens lets them in at once."""
    state = await run_in_threadpool(letting_in.link_state, place, request, token)
    if state.is_owner_link:
        return pages.owner(token=token)
    if state.kind in taking.ASKS:
        return await taking.page(place, request, state, {"token": token})
    visit = visits.of(request)
    if visit is Visit.UNKNOWN:
        return visits.ask(request)
    name = state.account_name or ""
    provider = await run_in_threadpool(oidc_offers.offered_to_bind, place, token, name, target)
    if visit is Visit.LOOKER or provider is not None:
        return pages.link(token=token, name=name, target=target, provider=provider)
    return _let_in(
        await run_in_threadpool(letting_in.by_link, place, request, token), target, place
    )


async def post_sign_in(request: Request, *, place: Place) -> Response:
    """Sign in with a password or a one-time link, or use a link with what it asks for."""
    form: dict[str, str] = {}
    state: LinkState | None = None
    if place.settings.proxy is not None:
        return pages.proxied(error=proxied.NOT_HERE, status=403)
    try:
        form = await letting_in.form(request)
        target, token = local(form.get("next", HOME)), form.get("token", "")
        async with place.sent.turn(form) as sent:
            if sent.signed_in is None:
                if token:
                    state = await run_in_threadpool(letting_in.link_state, place, request, token)
                sent.signed_in = await _signed_in(place, request, form, state)
        return _let_in(sent.signed_in, target, place)
    except WorkbenchError as error:
        return await _again(place, request, form, state, error)
    except DatabaseFault as error:
        return pages.empty(error=str(error), status=503)


async def _signed_in(
    place: Place, request: Request, form: dict[str, str], state: LinkState | None
) -> SignedIn:
    if state is None:
        return await letting_in.by_password(place, request, form)
    if state.kind in taking.ASKS:
        return await taking.take(place, request, state, form)
    if state.is_owner_link:
        return await run_in_threadpool(letting_in.as_owner, place, request, form)
    return await run_in_threadpool(letting_in.by_link, place, request, form["token"])


async def post_sign_out(request: Request, *, place: Place) -> Response:
    """End the session and forget the cookie."""
    name = cookie_name(place.settings)
    response: Response = RedirectResponse("/signin", 303, pages.NO_STORE)
    if place.settings.proxy is not None:  # it would sign them in again at once
        response = pages.signed_out_here()
    await run_in_threadpool(letting_in.sign_out, place, request.cookies.get(name, ""))
    response.delete_cookie(
        name, path="/", secure=place.settings.secure_cookies, httponly=True, samesite="lax"
    )
    return response


async def _form_page(
    place: Place, *, target: str, error: WorkbenchError | None = None, **values: str
) -> Response:
    told, status = (str(error), error.status) if error else ("", 200)
    if await run_in_threadpool(letting_in.is_empty, place):
        return pages.empty(error=told, status=status)
    provider = oidc_offers.offered(place.settings, target=target)
    page = pages.password(target=target, error=told, status=status, provider=provider, **values)
    return _told_to_wait(page, error)


async def _again(
    place: Place,
    request: Request,
    form: dict[str, str],
    state: LinkState | None,
    error: WorkbenchError,
) -> Response:
    """The same page with what was wrong; of a link that is gone by now, the sign-in page."""
    name, told, status = form.get("name", ""), str(error), error.status
    if state is not None and await run_in_threadpool(_is_open, place, request, form["token"]):
        if state.is_owner_link:
            return pages.owner(token=form["token"], name=name, error=told, status=status)
        if state.kind in taking.ASKS:
            page = await taking.page(place, request, state, form, error=told, status=status)
            return _told_to_wait(page, error)
    return await _form_page(place, target=local(form.get("next", HOME)), error=error, name=name)


def _told_to_wait(response: Response, error: WorkbenchError | None) -> Response:
    if isinstance(error, ThrottledError):
        response.headers["retry-after"] = str(error.retry_after)
    return response


def _is_open(place: Place, request: Request, token: str) -> bool:
    try:
        letting_in.link_state(place, request, token)
    except WorkbenchError:
        return False
    return True


def _let_in(signed_in: SignedIn, target: str, place: Place) -> Response:
    response = RedirectResponse(target, 303, pages.NO_STORE)
    response.set_cookie(
        cookie_name(place.settings),
        signed_in.cookie,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=place.settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return response
