"""Every option and argument of every command, those to come too, given what nobody means."""

import dataclasses
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from db.engine import engines
from workbench.cli import main
from workbench.settings import settings

BEYOND = ["99999999999", "9" * 30, "9" * 5000]
"""More than the databases count to, than 64 bits hold, and than Python reads."""
ABSURD = [*BEYOND, "²", "9999-12-31", "0001-01-01", "2026-02-30", "\udcff", "\x1b[2J"]
LEFT_ALONE = {"--help", "--version"}
EXAMPLES = {
    "after": "1",
    "before": "1",
    "fmt": "jsonl",
    "name": "Ada",
    "number": "1",
    "out": "-",
    "path": "nowhere",
    "paths": "nowhere",
    "file": "nowhere",
    "folder": "1",
    "project": "default",
    "role": "reviewer",
    "slug": "default",
}
"""What is given for a parameter that is needed, while another one is absurd."""


@dataclasses.dataclass(frozen=True)
class Place:
    """A parameter that takes a value, and the words before and after it."""

    words: tuple[str, ...]
    name: str
    kind: click.ParamType
    before: tuple[str, ...]
    after: tuple[str, ...]

    def given(self, value: str) -> list[str]:
        return [*self.words, *self.before, value, *self.after]


def every_command(
    group: click.Group, *path: str
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, *path, name)
        else:
            yield (*path, name), command


def every_place() -> Iterator[Place]:
    for words, command in every_command(main):
        options = [each for each in command.params if isinstance(each, click.Option)]
        arguments = [each for each in command.params if isinstance(each, click.Argument)]
        needed = [
            word
            for each in options
            if each.required
            for word in (each.opts[0], EXAMPLES[each.name or ""])
        ]
        plain = [EXAMPLES[each.name or ""] for each in arguments if each.required]
        for option in options:
            if not option.is_flag:
                name = option.opts[0]
                yield Place(words, name, option.type, (*needed, name), ("--", *plain))
        for at, argument in enumerate(arguments):
            before, after = tuple(plain[:at]), tuple(plain[at + 1 :])
            yield Place(words, argument.name or "", argument.type, (*needed, "--", *before), after)


EVERY_PLACE = [
    pytest.param(place, id=" ".join((*place.words, place.name))) for place in every_place()
]


@pytest.fixture
def run(own_engines, tmp_path, monkeypatch):
    """Commands on an installation of one project and no account."""
    home = tmp_path / "home"
    home.mkdir()
    url = own_engines.write.url.render_as_string(hide_password=False)
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", url)
    monkeypatch.setenv("WORKBENCH_ACCEPT_DATA_LOSS", "1")
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    yield lambda words: CliRunner().invoke(main, words, prog_name="workbench")
    settings.cache_clear()
    engines(url).dispose()


@pytest.mark.parametrize("place", EVERY_PLACE)
def test_a_value_that_nobody_means_is_taken_or_refused_in_one_line(run, place):
    run(["project", "create", "default"])
    for value in ABSURD:
        ended = run(place.given(value))

        assert ended.exception is None or isinstance(ended.exception, SystemExit), value[:40]
        assert ended.exit_code in (0, 1, 2, 3), value[:40]
        told = [line for line in ended.stderr.splitlines() if line.startswith("workbench: ")]
        refused = [line for line in ended.stdout.splitlines() if "\trefused\t" in line]
        assert len([*told, *refused]) == (1 if ended.exit_code else 0), value[:40]
        if value in BEYOND and isinstance(place.kind, click.types.IntParamType):
            assert ended.exit_code


@pytest.mark.parametrize("place", EVERY_PLACE)
def test_a_whole_number_has_a_least_and_a_most(place):
    if isinstance(place.kind, click.types.IntParamType):
        assert getattr(place.kind, "max", None) is not None
        assert getattr(place.kind, "min", None) is not None
