"""What the repository itself must keep: assets, sizes, doors and locks."""

import ast
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest
from locks import stale
from streamlit import config

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for folder in ("workbench", "db")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
SCREENS = {"app.py", "server.py", "app_pages", "ui", "components"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_every_file_of_the_packages(wheel):
    tracked = subprocess.run(
        ["git", "ls-files", "workbench", "db"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    missing = {path for path in tracked if not Path(path).name.startswith(".git")} - wheel
    assert not missing


def test_the_wheel_holds_the_settings_of_streamlit(wheel):
    assert "workbench/.streamlit/config.toml" in wheel


def test_a_browser_keeps_parts_of_a_page_for_longer_than_any_press_is_on_its_way():
    """What Streamlit throws away after two runs, an answer that is under way may rely on."""
    chosen = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["global"]
    assert chosen["maxCachedMessageAge"] >= 50
    assert config.get_options_for_section("global").keys() >= chosen.keys()  # it is still called so


def test_the_locks_belong_to_the_project():
    assert stale() == []


def test_no_folder_is_called_pages():
    assert not [path for path in ROOT.glob("workbench/**/pages") if path.is_dir()]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_module_has_at_most_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_streamlit_is_imported_by_screens_only(path):
    inside = path.relative_to(ROOT / path.relative_to(ROOT).parts[0]).parts[0]
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
    }
    is_screen = path.is_relative_to(ROOT / "workbench") and inside in SCREENS
    assert is_screen or "streamlit" not in imported


def opens_session(item: ast.withitem) -> bool:
    called = item.context_expr
    return isinstance(called, ast.Call) and ast.unparse(called.func).endswith("open_session")


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nothing_is_drawn_inside_a_transaction(path):
    drawn = [
        ast.unparse(call)
        for block in ast.walk(tree(path))
        if isinstance(block, ast.With) and any(opens_session(item) for item in block.items)
        for statement in block.body
        for call in ast.walk(statement)
        if isinstance(call, ast.Attribute) and ast.unparse(call).startswith("st.")
    ]
    assert drawn == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_only_the_engine_begins_and_commits(path):
    commits = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert not commits or name(path) == "db/engine.py"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_exception_is_swallowed_wholesale(path):
    broad = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and ast.unparse(node.body[-1]) != "raise"
    ]
    assert broad == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_text_is_trusted_as_html_or_kept_for_download(path):
    banned = {"unsafe_allow_html", "unsafe_allow_javascript", "download_button"}
    words = {node.arg for node in ast.walk(tree(path)) if isinstance(node, ast.keyword)} | {
        node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)
    }
    assert not words & banned
