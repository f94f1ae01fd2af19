"""Type grows with the size that is set in the browser, and fields grow with their words."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "workbench").rglob("*.css"))
TYPE = (ROOT / "workbench" / "ui" / "type.css").read_text(encoding="utf-8")
IN_PIXELS = re.compile(r"font(?:-size)?:[^;]*?\d(?:\.\d+)?px")
GIVEN = re.compile(r"(?<!Column\()\bwidth=(\d+)\b")
FIELD_FOLDERS = ("ui", "app_pages")


def test_no_type_is_set_in_pixels():
    fixed = {
        f"{sheet.relative_to(ROOT)}: {found}"
        for sheet in SHEETS
        for found in IN_PIXELS.findall(sheet.read_text(encoding="utf-8"))
    }

    assert not fixed


def test_the_root_of_all_type_is_the_theme_s_base_as_a_share_of_the_browser_s_own_size():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    base = config["theme"]["baseFontSize"]

    assert f"font-size: {base / 16:.2%}" in TYPE
    assert f"--wb-px: calc(1rem / {base})" in TYPE


def test_a_field_of_a_given_width_grows_with_its_words():
    files = [file for name in FIELD_FOLDERS for file in (ROOT / "workbench" / name).glob("*.py")]
    given = {width for file in files for width in GIVEN.findall(file.read_text(encoding="utf-8"))}

    assert given
    assert {width for width in given if f'[width="{width}px"] {{' not in TYPE} == set()
