"""The pages outside of the workbench proper: signing in and out, and nowhere."""

from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from pathlib import Path
from secrets import token_urlsafe
from string import Template
from urllib.parse import urlencode

from starlette.responses import FileResponse, HTMLResponse, Response

from workbench.services.links import LinkState
from workbench.services.passwords import LONGEST, SHORTEST

HERE = Path(__file__).parent
NO_STORE = {"cache-control": "no-store"}
RULES = f"{SHORTEST} to {LONGEST} characters; a few words do well."
KEPT = {"cache-control": "public, max-age=3600"}


def _template(name: str) -> Template:
    return Template((HERE / name).read_text(encoding="utf-8"))


_FRAME = _template("sign_in.html")
_OWNER = _template("sign_in_owner.html")
_PASSWORD = _template("sign_in_password.html")
_LINK = _template("sign_in_link.html")
_INVITATION = _template("sign_in_invitation.html")
_INVITATION_KNOWN = _template("sign_in_invitation_known.html")
_RESET = _template("sign_in_reset.html")
_EMPTY = _template("sign_in_empty.html")
_SIGN_OUT = _template("sign_out.html")
_PROVIDER = _template("sign_in_provider.html")
_NOT_BOUND = _template("sign_in_not_bound.html")
_PROXIED = _template("sign_in_proxied.html")
_SIGNED_OUT_HERE = _template("signed_out_here.html")
_NOWHERE = _template("sign_in_nowhere.html")
_AWAY = _template("sign_in_away.html")
SECONDS_AWAY = 5
LONGEST_ADDRESS = 120  # what more of it is quoted says nothing more


@dataclass(frozen=True, slots=True)
class ProviderLink:
    """The other way in, by an OIDC provider.

    Attributes:
        name: What the provider is called.
        token: The one-time link that is taken by it; empty for none.
        target: Where to go afterwards.
        what: What one does by it, said after its name.
        is_first: Whether it has the focus, because nothing was typed yet.
        otherwise: What stands above the other way.
    """

    name: str
    token: str = ""
    target: str = ""
    what: str = ""
    otherwise: str = "or with a password"
    is_first: bool = True


def owner(*, token: str, name: str = "", error: str = "", status: int = 200) -> Response:
    """The first visitor's page: a name, and off."""
    return _page("Welcome", _OWNER, status=status, error=error, token=token, name=name)


def link(*, token: str, name: str, target: str, provider: ProviderLink | None = None) -> Response:
    """Asks once, where something other than a person may have opened a one-time link."""
    return _page(
        "Sign in",
        _LINK,
        status=200,
        error="",
        provider=provider,
        token=token,
        name=name,
        next=target,
    )


def password(
    *,
    target: str,
    name: str = "",
    error: str = "",
    status: int = 200,
    provider: ProviderLink | None = None,
) -> Response:
    """Name and password."""
    if provider is not None and name:
        provider = replace(provider, is_first=False)
    return _page(
        "Sign in",
        _PASSWORD,
        status=status,
        error=error,
        blames_form=bool(name),
        provider=provider,
        next=target,
        name=name,
    )


def invitation(
    *,
    token: str,
    state: LinkState,
    name: str,
    known_as: str,
    error: str,
    status: int,
    provider: ProviderLink | None = None,
) -> Response:
    """What somebody is invited to; they give a name, or join as who they are signed in as."""
    return _page(
        "You are invited",
        _INVITATION_KNOWN if known_as else _INVITATION,
        status=status,
        error=error,
        provider=provider,
        token=token,
        name=name,
        known_as=known_as,
        invites=_invites(state),
        rules=RULES,
        until=_moment(state.expires_at),
        open="open" if error else "",
    )


def reset(*, token: str, name: str, error: str, status: int) -> Response:
    """A new password for whoever forgot theirs."""
    return _page(
        "Choose a new password",
        _RESET,
        status=status,
        error=error,
        token=token,
        name=name,
        rules=RULES,
    )


def empty(*, error: str = "", status: int = 200) -> Response:
    """There is no account yet, and this visitor has no link."""
    return _page("Almost there", _EMPTY, status=status, error=error)


def sign_out() -> Response:
    """Asks once: for those whose browser hides where a form comes from."""
    return _page("Sign out?", _SIGN_OUT, status=200, error="")


def not_bound(*, error: str, status: int) -> Response:
    """An identity of a provider was not bound to the account of whoever asked."""
    return _page("Not connected", _NOT_BOUND, status=status, error=error)


def proxied(*, error: str, status: int) -> Response:
    """A proxy signs people in, and did not sign this one in."""
    return _page("Not signed in", _PROXIED, status=status, error=error)


def signed_out_here() -> Response:
    """Signed out of the workbench; the proxy in front knows nothing of it."""
    return _page("Signed out here", _SIGNED_OUT_HERE, status=200, error="")


def nowhere(*, address: str) -> Response:
    """There is no page at this address."""
    if len(address) > LONGEST_ADDRESS:
        address = f"{address[:LONGEST_ADDRESS]}…"
    return _page("No such page", _NOWHERE, status=404, error="", address=address)


def away(*, error: str) -> Response:
    """The database does not answer: said, and asked for again every few seconds."""
    answer = _page("Not at the moment", _AWAY, status=503, error=error)
    answer.headers["refresh"] = str(SECONDS_AWAY)
    return answer


def style() -> Response:
    """The style sheet of these pages."""
    return FileResponse(HERE / "sign_in.css", media_type="text/css", headers=KEPT)


def favicon() -> Response:
    """The mark in the browser tab."""
    return FileResponse(HERE / "favicon.svg", media_type="image/svg+xml", headers=KEPT)


def _invites(state: LinkState) -> str:
    """Who invites into what, as what, in one sentence."""
    *others, last = state.projects or ("every project",)
    where = f"{', '.join(others)} and {last}" if others else last
    article = "an" if state.role in ("adjudicator", "admin") else "a"
    who = state.made_by or "Whoever runs the workbench"
    return f"{who} invites you into {where}, as {article} {state.role}."


def _moment(at: datetime | None) -> str:
    return f"{at.day} {at:%B %Y, %H:%M} UTC" if at else ""


def _provider(link: ProviderLink | None) -> str:
    if link is None:
        return ""
    asked = {"token": link.token, "next": "" if link.target == "/" else link.target}
    query = urlencode({name: value for name, value in asked.items() if value})
    return _PROVIDER.substitute(
        provider_start=escape(f"/signin/oidc?{query}" if query else "/signin/oidc"),
        provider_name=escape(link.name),
        provider_what=escape(link.what),
        provider_or=link.otherwise,
        provider_focus=" autofocus" if link.is_first else "",
    )


def _page(
    title: str,
    body: Template,
    *,
    status: int,
    error: str,
    blames_form: bool = True,
    provider: ProviderLink | None = None,
    **values: str,
) -> Response:
    inner = body.substitute(
        {key: escape(value) for key, value in values.items()},
        page=token_urlsafe(16),  # each drawing of a form is another one
        provider=_provider(provider),
        error=escape(error),
        error_hidden="" if error else "hidden",
        invalid="true" if error and blames_form else "false",
    )
    return HTMLResponse(_FRAME.substitute(title=escape(title), body=inner), status, NO_STORE)
