"""The functions of the services as their source says: who takes an actor, and who checks one."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

WORKBENCH = Path(__file__).parent.parent / "workbench"
SERVICES = WORKBENCH / "services"
OUTSIDE = ("app_pages", "ui", "routes", "commands")


@dataclass
class Door:
    """A function of a service, or a class by its constructor."""

    name: str
    parameters: frozenset[str]
    asks: bool = False  # calls check() or Actor.may() itself
    hands_on: set[str] = field(default_factory=set)  # to whom it hands its actor
    permissions: set[str] = field(default_factory=set)  # those that it names

    @property
    def is_public(self) -> bool:
        return not any(part.startswith("_") for part in self.name.split(".")[1:])


@cache
def doors() -> dict[str, Door]:
    """Every function and constructor, as `module.name`."""
    found: dict[str, Door] = {}
    for path in sorted(SERVICES.glob("*.py")):
        tree = ast.parse(path.read_text())
        names = imported(tree) | {
            node.name: f"{path.stem}.{node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                door = _door(f"{path.stem}.{node.name}", node, names)
                found[door.name] = door
            elif isinstance(node, ast.ClassDef):
                for part in node.body:
                    if isinstance(part, ast.FunctionDef) and part.name == "__init__":
                        door = _door(f"{path.stem}.{node.name}", part, names)
                        found[door.name] = door
    return found


def imported(tree: ast.Module) -> dict[str, str]:
    """What a module calls which: `check` is `permissions.check`, `projects` is `projects`."""
    found = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(
            "workbench.services"
        ):
            continue
        inside = (node.module or "").removeprefix("workbench.services").removeprefix(".")
        for alias in node.names:
            full = f"{inside}.{alias.name}" if inside else alias.name
            found[alias.asname or alias.name] = full
    return found


def called(call: ast.Call, names: dict[str, str]) -> str | None:
    """The service's function that is called, as `module.name`."""
    match call.func:
        case ast.Name(id=name):
            return names.get(name)
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in names:
            return f"{names[module]}.{name}"
    return None


def _door(name: str, node: ast.FunctionDef, names: dict[str, str]) -> Door:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    door = Door(name, frozenset(each.arg for each in every), permissions=_named(node))
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        target = called(call, names)
        is_may = isinstance(call.func, ast.Attribute) and call.func.attr == "may"
        if target == "permissions.check" or is_may:
            door.asks = True
        elif target and _hands_actor(call):
            door.hands_on.add(target)
    return door


def _named(node: ast.FunctionDef) -> set[str]:
    return {
        each.attr.lower()
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "Permission"
    }


def _hands_actor(call: ast.Call) -> bool:
    given = [*call.args, *(each.value for each in call.keywords)]
    return any(isinstance(each, ast.Name) and each.id == "actor" for each in given)


@cache
def _passed_on(module: str) -> dict[str, str]:
    path = SERVICES / f"{module}.py"
    return imported(ast.parse(path.read_text())) if path.exists() else {}


@cache
def real_name(name: str) -> str:
    """Where a function is defined that a module only passes on: `accounts.people` is `people`'s."""
    module, _, function = name.partition(".")
    if name in doors():
        return name
    target = _passed_on(module).get(function)
    return name if target is None or target == name else real_name(target)


@cache
def checked() -> frozenset[str]:
    """The functions that check their actor, or hand it to one that does."""
    found = {name for name, door in doors().items() if door.asks}
    while True:
        more = {
            name
            for name, door in doors().items()
            if name not in found and {real_name(each) for each in door.hands_on} & found
        }
        if not more:
            return frozenset(found)
        found |= more


def inner_parts() -> set[str]:
    """The functions that nobody outside calls, and inside those alone that check the actor."""
    callers: dict[str, set[str]] = {}
    for name, door in doors().items():
        for each in door.hands_on:
            callers.setdefault(real_name(each), set()).add(name)
    return {name for name, by in callers.items() if by <= checked()} - set(used_outside())


@cache
def used_outside() -> dict[str, set[str]]:
    """The services' functions that screens, routes and commands call, with where."""
    found: dict[str, set[str]] = {}
    for folder in OUTSIDE:
        for path in sorted((WORKBENCH / folder).rglob("*.py")):
            tree = ast.parse(path.read_text())
            names = imported(tree)
            for node in ast.walk(tree):
                target = called(node, names) if isinstance(node, ast.Call) else None
                if target and real_name(target) in doors():
                    where = str(path.relative_to(WORKBENCH))
                    found.setdefault(real_name(target), set()).add(where)
    return found
