"""The reference is complete, and what it and the promises name is there."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from workbench.app_pages import SCREENS
from workbench.cli import main
from workbench.formats.manifest import (
    CARD,
    CROISSANT,
    GUIDELINE,
    LINES,
    MANIFEST,
    SENTENCES,
    SOURCES,
    SUMS,
    Manifest,
)
from workbench.services.permissions import PERMISSIONS, Permission, Role
from workbench.settings import VARIABLES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COMMANDS = (DOCS / "reference" / "commands.md").read_text()
SETTINGS = (DOCS / "reference" / "settings.md").read_text()
ROLES = (DOCS / "reference" / "roles.md").read_text()
PROMISES = (DOCS / "explanation" / "promises.md").read_text()
PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def commands(group, *path):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield pytest.param(" ".join((*path, name)), command, id=" ".join((*path, name)))


EVERY_COMMAND = list(commands(main))


def section(name):
    """What the reference says of a command; empty if nothing."""
    found = re.search(rf"^## workbench {name}\b[^\n]*\n(.*?)(?=^## |\Z)", COMMANDS, re.M | re.S)
    return found.group(0) if found else ""


@pytest.mark.parametrize(("name", "command"), EVERY_COMMAND)
def test_every_command_and_each_of_its_options_and_arguments_is_described(name, command):
    said = section(name)
    options = [p.opts[-1] for p in command.params if isinstance(p, click.Option)]
    arguments = [p.human_readable_name for p in command.params if isinstance(p, click.Argument)]

    assert said
    assert [option for option in options if f"| `{option}` |" not in said] == []
    assert [word for word in arguments if word.rstrip(".") not in said.splitlines()[0]] == []


@pytest.mark.parametrize(("name", "command"), EVERY_COMMAND)
def test_no_option_is_described_that_is_not_there(name, command):
    described = set(re.findall(r"^\| `(--[a-z-]+)` \|", section(name), re.M))

    assert described <= {option for param in command.params for option in param.opts}


def test_no_command_is_described_that_is_not_there():
    there = {param.values[0] for param in EVERY_COMMAND}
    described = re.findall(r"^## workbench ([a-z -]+)", COMMANDS, re.M)

    assert {name.strip() for name in described} == there


@pytest.mark.parametrize("variable", VARIABLES)
def test_every_setting_is_described(variable):
    assert f"| `{variable}` |" in SETTINGS


def test_every_variable_that_the_code_reads_is_described():
    sources = [path.read_text() for path in (ROOT / "workbench").rglob("*.py")]
    read = {name for text in sources for name in re.findall(r'environ\.get\("(\w+)"', text)}

    assert {name for name in read if f"| `{name}` |" not in SETTINGS} == set()


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_described_with_the_roles_that_have_it(permission):
    (row,) = re.findall(rf"^\| `{permission}` \|(.*)\|[^|]*\|$", ROLES, re.M)
    told = [cell.strip() == "yes" for cell in row.split("|")]

    assert told == [permission in PERMISSIONS[role] for role in Role]


def test_every_page_is_described():
    first, *others = SCREENS
    rows = [f"| {first.title} | `/` |", *(f"| {e.title} | `/{e.address}` |" for e in others)]

    assert [row for row in rows if row not in ROLES] == []


def test_the_promises_are_numbered_and_each_says_where_it_is_tested_or_that_it_is_for_later():
    promises = re.split(r"^\d+\. ", PROMISES, flags=re.M)[1:]

    assert len(promises) == 18
    assert [text for text in promises if "Tested: " not in text and "For later: " not in text] == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[^`]+)`", PROMISES))))
def test_a_test_that_a_promise_names_is_there(path):
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


SNAPSHOTS = (DOCS / "reference" / "snapshots.md").read_text()


@pytest.mark.parametrize(
    "name",
    [field.name for field in fields(Manifest)]
    + [SENTENCES, LINES, MANIFEST, SUMS, SOURCES, GUIDELINE, CARD, CROISSANT],
)
def test_every_file_of_a_snapshot_and_key_of_its_manifest_is_described(name):
    assert f"`{name}`" in SNAPSHOTS
