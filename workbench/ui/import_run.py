"""An import that runs beside the page: how far it is, and stopping it.

It runs in a thread of its own, so that a page that is left or loaded again finds it where it is.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import streamlit as st

from db.errors import DatabaseFault
from workbench.errors import WorkbenchError
from workbench.formats import readers
from workbench.services import accounts, importing
from workbench.services.importing import Source
from workbench.services.permissions import Actor
from workbench.ui.context import identity, now, open_session, read_session
from workbench.ui.imported import count, number

STEP = 0.3  # seconds between two looks
FAULT = (
    "The import ended by a fault of the workbench; its log says which. What was reported is in. "
    "Import the files again to add the rest."
)
LOOKS_EVERY = 2.0  # seconds between two looks at whether the person may still import


class StoppedError(Exception):
    """The person pressed Stop, or may no longer import."""


@dataclass(slots=True)
class Run:
    """One import on its way.

    Attributes:
        sources: The files; none once it has ended.
        n_asked: How many they were.
        n_bytes: How many bytes of them a person uploaded.
        n_files: How many of them have been begun.
        n_records: How many records have been read.
        batch: The number of the import, once a file of it is in; 0 until then.
        error: Why it ended before its time, in words; empty if it did not.
        stop: Set to end it: what is in stays in.
        ended: Set when it has ended, whatever the reason.
    """

    sources: Sequence[Source]
    n_asked: int = 0
    n_bytes: int = 0
    n_files: int = 0
    n_records: int = 0
    batch: int = 0
    error: str = ""
    stop: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    _looked_at: float = 0.0

    def begin(self, actor: Actor, *, slug: str | None) -> None:
        """Start it in a thread; to be called where the person's identity is known."""
        Thread(target=self._work, args=(actor, slug, identity()), daemon=True).start()

    def _work(self, actor: Actor, slug: str | None, who: str) -> None:
        self.error = FAULT  # until it has ended in a way that is known
        try:
            for report in importing.import_sources(
                open_session,
                now,
                actor=actor,
                project_slug=slug,
                sources=_Counted(self, who),
                limits=readers.BROWSER,
                on_record=lambda: self._step(who),
                n_bytes=self.n_bytes,
            ):
                self.batch = report.batch
            self.error = ""
        except StoppedError:
            self.error = ""  # the report says so
        except (WorkbenchError, DatabaseFault) as error:
            self.error = str(error)
        finally:
            self.sources = ()  # the files need not stay in memory
            self.ended.set()

    def _step(self, who: str) -> None:
        self.n_records += 1
        self.check(who)

    def check(self, who: str) -> None:
        """End it if that was asked for, or if the person may no longer be here."""
        if self.stop.is_set():
            raise StoppedError
        if time.monotonic() - self._looked_at < LOOKS_EVERY:
            return
        self._looked_at = time.monotonic()
        with read_session() as session:  # raises for whoever was signed out or disabled meanwhile
            accounts.signed_in(session, identity=who, now=now(session))


@dataclass(frozen=True, slots=True)
class _Counted:
    """The files of a run, counted as they are begun."""

    run: Run
    who: str

    def __len__(self) -> int:
        return self.run.n_asked

    def __iter__(self) -> Iterator[Source]:
        for source in self.run.sources:
            self.run.check(self.who)
            self.run.n_files += 1
            yield source


_runs: dict[tuple[int | None, str | None], Run] = {}
_guard = Lock()


def start(actor: Actor, *, slug: str | None, sources: Sequence[Source], n_bytes: int = 0) -> None:
    """Begin an import, unless one of this person's is on its way into this project.

    Args:
        actor: Who imports.
        slug: Where to; None makes the first project.
        sources: The files.
        n_bytes: How many bytes of them were uploaded; those count for the day.
    """
    with _guard:
        if (actor.account_id, slug) in _runs:
            return
        run = _runs[actor.account_id, slug] = Run(sources, len(sources), n_bytes)
    run.begin(actor, slug=slug)


def current(actor: Actor, *, slug: str | None) -> Run | None:
    """This person's import into this project, running or ended and not yet told.

    The first import of an installation begins without a project and makes one.
    """
    return _runs.get((actor.account_id, slug)) or _runs.get((actor.account_id, None))


def forget(run: Run) -> None:
    """The end of it was told."""
    with _guard:
        for key in [key for key, each in _runs.items() if each is run]:
            del _runs[key]


def watch(run: Run) -> None:
    """Show how far it is until it has ended; any press on the page comes back here."""
    with st.container(key="import-panel"):
        bar = st.progress(0.0)
        st.button(
            "Stop",
            key="import-stop",
            on_click=run.stop.set,
            help="What is in stays in, of a large file too. The rest is left out.",
        )
        while not run.ended.wait(STEP):
            words = f"{number(run.n_files)} of {count(run.n_asked, 'file')}"
            if run.n_records > run.n_files:
                words += f", {count(run.n_records, 'record')} read"
            words += ". Stopping." if run.stop.is_set() else "."
            bar.progress(min(run.n_files / max(run.n_asked, 1), 1.0), text=words)
