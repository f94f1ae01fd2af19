"""What every page starts from: who is looking, the clock, and the two kinds of session."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import streamlit as st
from sqlmodel import Session

from db.engine import database_now, engines, examining, giving_out, reading, transaction
from workbench.errors import NotFoundError
from workbench.services import accounts, projects
from workbench.services.permissions import Actor
from workbench.settings import settings
from workbench.ui import address


@contextmanager
def open_session() -> Iterator[Session]:
    """One write transaction. No `st.*` call in it: a rerun would roll it back in silence."""
    with transaction(engines(settings().database_url)) as session:
        yield session


@contextmanager
def leasing_session() -> Iterator[Session]:
    """A write transaction that gives out sentences: it waits before it begins, not within."""
    with giving_out(engines(settings().database_url)), open_session() as session:
        yield session


@contextmanager
def read_session() -> Iterator[Session]:
    """One read transaction."""
    with reading(engines(settings().database_url)) as session:
        yield session


@contextmanager
def long_session() -> Iterator[Session]:
    """One long look at one moment; for work beside the page, never while one is drawn."""
    with examining(engines(settings().database_url)) as session:
        yield session


def now(session: Session) -> datetime:
    """The database's clock."""
    return database_now(session)


def identity() -> str:
    """What the gate found out at the handshake: `<account>:<session>`, or empty."""
    return str(st.user.get("uid", ""))


def current_actor() -> Actor:
    """The person looking at the page, read from the database in this call.

    Raises:
        SignedOutError: The session ended, or the account is disabled.
    """
    with read_session() as session:
        return accounts.signed_in(session, identity=identity(), now=now(session))


def choose(slug: str) -> None:
    """Show a project from now on. For callbacks: the choice is drawn after they ran."""
    st.session_state["project"] = slug
    address.choose_project(slug)


def current_project_slug() -> str:
    """The project shown: the one chosen in the header, else the first of the person's.

    Raises:
        NotFoundError: The person is in no project.
    """
    actor = current_actor()
    with read_session() as session:
        slugs = [view.slug for view in projects.listed(session, actor=actor)]
    if not slugs:
        if actor.is_admin:
            message = "There are no articles yet."
        else:
            message = "You are in no project yet. Ask a manager to add you."
        raise NotFoundError(message)
    chosen = st.session_state.get("project")
    return str(chosen) if chosen in slugs else slugs[0]
