"""The annotator's brains, which know no page, are tested where they run: under node."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from workbench.services.decisions import MAX_COMMENT

HERE = Path(__file__).parent
COMPONENT = HERE.parent.parent / "workbench" / "components" / "annotator"
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed")


@needs_node
@pytest.mark.parametrize("suite", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_the_suite_passes_under_node(suite):
    assert NODE is not None
    done = subprocess.run([NODE, "--test", suite], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_browser_is_told_of_every_module_at_once():
    entry = (COMPONENT / "component.js").read_text()
    modules = {path.name for path in COMPONENT.glob("*.js")} - {"component.js"}
    assert {name for name in modules if f'"./{name}"' not in entry} == set()


def test_the_style_sheet_brings_every_other_one():
    entry = (COMPONENT / "component.css").read_text()
    sheets = {path.name for path in COMPONENT.glob("*.css")} - {"component.css"}
    assert {name for name in sheets if f'url("./{name}")' not in entry} == set()


@pytest.mark.parametrize("source", sorted(COMPONENT.glob("*.js")), ids=lambda path: path.name)
def test_imported_text_is_never_parsed_as_html(source):
    text = source.read_text()
    banned = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
    assert [word for word in banned if word in text] == []


@pytest.mark.parametrize(
    "source",
    sorted([*COMPONENT.glob("*.js"), *COMPONENT.glob("*.css")]),
    ids=lambda path: path.name,
)
def test_a_file_of_the_component_has_at_most_400_lines(source):
    assert len(source.read_text().splitlines()) <= 400


def test_a_comment_may_be_as_long_as_the_server_takes():
    (longest,) = re.findall(r"LONGEST_COMMENT = (\d+)", (COMPONENT / "sheets.js").read_text())
    assert int(longest) == MAX_COMMENT
