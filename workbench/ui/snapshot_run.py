"""A snapshot that is taken, or only looked at, beside the page: how far it is, and stopping it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from threading import Event, Lock, Thread
from typing import Any

import streamlit as st

from db.errors import DatabaseFault
from workbench.errors import WorkbenchError
from workbench.formats.records import Record
from workbench.services import accounts, snapshot_taking
from workbench.services.permissions import Actor
from workbench.services.snapshot_folder import FolderSource
from workbench.services.snapshot_taking import Draft, Wish
from workbench.settings import settings
from workbench.ui.context import identity, long_session, now, open_session
from workbench.ui.imported import count, number

STEP = 0.3  # seconds between two looks
ROWS = 20
FAULT = "The snapshot ended by a fault of the workbench; its log says which. Nothing was kept."


class StoppedError(Exception):
    """The person pressed Stop."""


@dataclass(slots=True)
class Run:
    """One snapshot on its way.

    Attributes:
        wish: What it is to hold.
        is_kept: Whether it is to be kept; otherwise it is only looked at.
        n_rows: How many sentences will be read, at most.
        n_read: How many have been.
        number: The number it got; 0 where it was not kept.
        n_sentences: How many sentences it holds.
        results: What it came to, as its manifest says.
        first: Its first records.
        error: Why there is none, in words; empty if there is.
        stop: Set to end it: nothing is kept then.
        ended: Set when it has ended.
    """

    wish: Wish
    is_kept: bool
    n_rows: int
    n_read: int = 0
    number: int = 0
    n_sentences: int = 0
    results: Mapping[str, Any] = field(default_factory=dict)
    first: tuple[Record, ...] = ()
    error: str = ""
    stop: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)

    def begin(self, actor: Actor, *, slug: str) -> None:
        """Start it in a thread; to be called where the person's identity is known."""
        Thread(target=self._work, args=(actor, slug, identity()), daemon=True).start()

    def _work(self, actor: Actor, slug: str, who: str) -> None:
        self.error = FAULT  # until it has ended in a way that is known
        try:
            with (
                long_session() as session,
                snapshot_taking.drafted(
                    session,
                    actor=actor,
                    project_slug=slug,
                    wish=self.wish,
                    home=settings().home,
                    done=self._step,
                ) as draft,
            ):
                self._look(draft)
                if self.is_kept:
                    self._keep(draft, who)
            self.error = ""
        except StoppedError:
            self.error = "It was stopped. Nothing was kept."
        except (WorkbenchError, DatabaseFault) as error:
            self.error = str(error)
        finally:
            self.ended.set()

    def _step(self, n_rows: int) -> None:
        self.n_read += n_rows
        if self.stop.is_set():
            raise StoppedError

    def _look(self, draft: Draft) -> None:
        self.results = draft.manifest.results
        self.n_sentences = draft.manifest.counts["sentences"]
        self.first = tuple(islice(FolderSource(draft.folder)(), ROWS))

    def _keep(self, draft: Draft, who: str) -> None:
        with open_session() as session:  # who was signed out or disabled meanwhile keeps nothing
            at = now(session)
            actor = accounts.signed_in(session, identity=who, now=at)
            home = settings().home
            kept = snapshot_taking.keep(session, actor=actor, draft=draft, home=home, now=at)
            self.number = kept.number


_runs: dict[tuple[int | None, str], Run] = {}
_guard = Lock()


def start(actor: Actor, *, slug: str, wish: Wish, is_kept: bool, n_rows: int) -> None:
    """Begin, unless one of this person's is on its way in this project."""
    with _guard:
        before = _runs.get((actor.account_id, slug))
        if before is not None and not before.ended.is_set():
            return
        run = _runs[actor.account_id, slug] = Run(wish, is_kept, n_rows)
    run.begin(actor, slug=slug)


def current(actor: Actor, *, slug: str) -> Run | None:
    """This person's last one in this project."""
    return _runs.get((actor.account_id, slug))


def forget(actor: Actor, *, slug: str) -> None:
    """It was seen."""
    with _guard:
        _runs.pop((actor.account_id, slug), None)


def watch(run: Run) -> None:
    """Show how far it is until it has ended; any press on the page comes back here."""
    bar = st.progress(0.0)
    st.button(
        "Stop",
        key="snapshot-stop",
        on_click=run.stop.set,
        help="Nothing is kept: a snapshot is there whole or not at all.",
    )
    while not run.ended.wait(STEP):
        words = f"{number(run.n_read)} of {count(run.n_rows, 'sentence')} read"
        words += ". Stopping." if run.stop.is_set() else "."
        bar.progress(min(run.n_read / max(run.n_rows, 1), 1.0), text=words)
