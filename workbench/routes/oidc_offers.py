"""Where a page offers to sign in with a provider."""

from dataclasses import replace

from db.engine import reading
from workbench.routes.letting_in import Place
from workbench.routes.places import HOME
from workbench.routes.sign_in_pages import ProviderLink
from workbench.services import identities
from workbench.settings import Settings


def offered(settings: Settings, *, target: str) -> ProviderLink | None:
    """The way to the provider that stands on the sign-in page; None where there is none."""
    if settings.oidc is None or settings.proxy is not None:
        return None
    return ProviderLink(settings.oidc.name, target=target)


def offered_with(settings: Settings, *, token: str) -> ProviderLink | None:
    """The same on the page of an invitation: it is taken by signing in with the provider."""
    found = offered(settings, target=HOME)
    if found is None:
        return None
    return replace(found, token=token, what=" to take this invitation", otherwise="or without it")


def offered_to_bind(place: Place, token: str, name: str, target: str) -> ProviderLink | None:
    """The same for whoever opens a sign-in link; None where they sign in with it already."""
    found = offered(place.settings, target=target)
    if found is None or place.settings.oidc is None:
        return None
    with reading(place.engines) as session:
        if identities.is_bound(session, name=name, issuer=place.settings.oidc.issuer):
            return None
    return replace(found, token=token, what=f" as {name}", otherwise="or by this link alone")
