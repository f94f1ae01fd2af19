"""The identities of a provider that one signs in with: bound by going there, and unbound."""

from html import escape
from pathlib import Path
from string import Template

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import identities
from workbench.services.identities import BoundIdentity
from workbench.services.permissions import Actor
from workbench.settings import OidcSettings, settings
from workbench.ui import outcomes
from workbench.ui.context import current_actor, now, open_session, read_session
from workbench.ui.once import once

BIND = Template(Path(__file__).with_name("bind_identity.html").read_text(encoding="utf-8"))
PAGE = "identities"


def panel(actor: Actor) -> None:
    """Draw what the actor is bound to, and the way to bind more; nothing where there is neither."""
    oidc = settings().oidc
    with read_session() as session:
        bound = identities.bound(session, actor=actor, issuer=issuer(oidc))
        key = identities.binding_key(session, actor=actor) if oidc else ""
    if oidc is None and not bound:
        return
    st.header("Sign-in by a provider", anchor=False)
    outcomes.say(on=PAGE)
    for each in bound:
        _identity(each, oidc)
    if oidc is not None and oidc.issuer not in [each.issuer for each in bound]:
        st.text(f"You can come in by {oidc.name} too. You go there once, and come back here.")
        st.html(BIND.substitute(key=escape(key), name=escape(oidc.name)))


def issuer(oidc: OidcSettings | None) -> str | None:
    """Its own name for itself."""
    return None if oidc is None else oidc.issuer


def _identity(each: BoundIdentity, oidc: OidcSettings | None) -> None:
    words, act = st.columns([4, 1], vertical_alignment="center")
    is_there = oidc is not None and each.issuer == oidc.issuer
    name = oidc.name if oidc and is_there else each.issuer
    more = "" if is_there else "; this provider is no longer set up"
    words.text(f"{name}, bound on {each.created_at:%Y-%m-%d}{more}")
    act.button(
        "Unbind",
        key=f"unbind-{each.id}",
        disabled=not each.may_be_unbound,
        on_click=once(_unbind),
        args=(each.id,),
    )
    if not each.may_be_unbound:
        st.text("It is your only way in. Set a password before you unbind it.")


def _unbind(identity_id: int) -> None:
    try:
        actor = current_actor()
        with open_session() as session:
            identities.unbind(
                session,
                actor=actor,
                identity_id=identity_id,
                issuer=issuer(settings().oidc),
                now=now(session),
            )
    except WorkbenchError as error:
        outcomes.failed(str(error), on=PAGE)
