"""The tables of docs/reference/roles.md, made from the code: who may what, and what asks for it.

`python -m tests.permissions_reference --write` writes them anew. What a permission lets people do
is in words, and stays as it stands in the file.
"""

import ast
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests import service_doors
from workbench.app_pages import SCREENS
from workbench.services.permissions import GRANTS, PERMISSIONS, WHILE_ARCHIVED, Permission, Role

ROOT = Path(__file__).parent.parent
WORKBENCH = ROOT / "workbench"
FILE = ROOT / "docs" / "reference" / "roles.md"
OFFERED = {
    "everybody": "everybody",
    "managers": "who manages a project, admins",
    "choosers": "who manages a project or is in several, admins",
}


def made(text: str) -> str:
    """The text of the reference with its tables as the code has them."""
    tables = {
        "permissions": permissions(text),
        "roles": roles(),
        "archived": archived(),
        "pages": pages(),
        "routes": routes(),
        "services": services(),
    }
    for name, table in tables.items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert between.search(text), f"roles.md has no place for {name}"
        text = between.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text)
    return text


def permissions(text: str) -> str:
    """Each permission with the roles that have it."""
    rows = []
    for permission in Permission:
        words = re.search(rf"^\| `{permission}` \|.*\| ([^|]+) \|$", text, re.MULTILINE)
        assert words, f"roles.md does not say what {permission} lets people do"
        has = ["yes" if permission in PERMISSIONS[role] else "" for role in Role]
        rows.append([f"`{permission}`", *has, words[1]])
    return _table(["permission", *Role, "lets you"], rows)


def roles() -> str:
    """Each role with those it invites, removes and brings back."""
    return _table(
        ["role", "invites into a project, removes from it and brings back"],
        [[role, ", ".join(each for each in Role if each in GRANTS[role])] for role in Role],
    )


def archived() -> str:
    """What is left of a role in an archived project."""
    *others, last = (f"`{each}`" for each in Permission if each in WHILE_ARCHIVED)
    return f"In an archived project only {', '.join(others)} and {last} are left of a role."


def pages() -> str:
    """Each page with whom the header offers it and what its parts ask for."""
    rows = []
    for screen in SCREENS:
        address = "/" if screen is SCREENS[0] else f"/{screen.address}"
        asked = _asked(WORKBENCH / "app_pages" / f"{screen.module}.py", "ui")
        rows.append([screen.title, f"`{address}`", OFFERED[screen.shown_to], _listed(asked)])
    return _table(["page", "address", "is offered to", "asks for"], rows)


def routes() -> str:
    """Each route of ours with what it asks for."""
    rows = []
    for path in sorted((WORKBENCH / "routes").glob("*.py")):
        asked = _asked(path, "routes")
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "Route":
                address = call.args[0]
                given = {each.arg: each.value for each in call.keywords}
                methods = ast.literal_eval(given["methods"]) if "methods" in given else ["GET"]
                if isinstance(address, ast.Constant):
                    told = f"{', '.join(methods)} `{address.value}`"
                    rows.append([told, _listed(asked) or "nothing"])
    return _table(["route", "asks for"], sorted(rows))


def services() -> str:
    """Each function of the services that takes an actor and asks for something."""
    rows = [
        [f"`{name}`", _listed(asked_by(name))]
        for name, door in sorted(service_doors.doors().items())
        if door.is_public and "actor" in door.parameters and asked_by(name)
    ]
    return _table(["function of the services", "asks for"], rows)


@cache
def asked_by(name: str) -> frozenset[str]:
    """What a function of the services asks for, itself or by handing its actor on."""
    return frozenset(_reached(name, set()))


def _reached(name: str, seen: set[str]) -> set[str]:
    real = service_doors.real_name(name)
    door = service_doors.doors().get(real)
    if door is None or real in seen:
        return set()
    seen.add(real)
    return door.permissions.union(*(_reached(each, seen) for each in door.hands_on))


def _asked(path: Path, folder: str) -> set[str]:
    """What a module asks for, and those of its folder that it imports."""
    seen: set[Path] = set()
    waiting = [path]
    while waiting:
        module = waiting.pop()
        if module in seen or not module.exists():
            continue
        seen.add(module)
        for name in _imports(module, folder):
            waiting.append(WORKBENCH / folder / f"{name}.py")
    return {each for module in seen for name in _used(module) for each in asked_by(name)}


def _used(path: Path) -> set[str]:
    """The functions of the services that a module names, be it to call them or to hand them on."""
    tree = ast.parse(path.read_text())
    names = service_doors.imported(tree)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{names.get(node.value.id)}.{node.attr}")
        elif isinstance(node, ast.Name) and node.id in names:
            found.add(names[node.id])
    return found


def _imports(path: Path, folder: str) -> set[str]:
    prefix = f"workbench.{folder}"
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(prefix):
            inside = (node.module or "").removeprefix(prefix).removeprefix(".")
            found |= {inside} if inside else {alias.name for alias in node.names}
    return found


def _listed(asked: set[str] | frozenset[str]) -> str:
    return ", ".join(f"`{each}`" for each in Permission if each in asked)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join((_line(head), "|" + "---|" * len(head), *map(_line, rows)))


def _line(cells: Sequence[str]) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


if __name__ == "__main__":
    found = FILE.read_text()
    if "--write" in sys.argv:
        FILE.write_text(made(found))
    elif made(found) != found:
        sys.exit("The tables are stale: python -m tests.permissions_reference --write")
