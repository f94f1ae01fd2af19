"""The fonts that every page loads, cut down from those in the installed Streamlit.

Streamlit's are whole: all scripts, weights, sizes and 4,000 icons, 0.98 MB. `python -m tests.fonts
--write` makes the three in `workbench/fonts` and notes what from; without the option it says
whether they still belong to the Streamlit that is installed.
"""

import hashlib
import json
import re
import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from workbench.routes.fonts import CUT, FOLDER
from workbench.routes.streamlit_files import static_folder

ROOT = Path(__file__).parent.parent
# Latin with Vietnamese and the marks that combine, Greek, Cyrillic; punctuation, money, arrows,
# the small shapes that stand in lists and charts.
RANGES = (
    (0x0000, 0x024F),
    (0x02B0, 0x03FF),
    (0x0400, 0x052F),
    (0x1E00, 0x1FFF),
    (0x2000, 0x22FF),
    (0x25A0, 0x25FF),
    (0x2610, 0x2611),
    (0x2713, 0x2718),
    (0xFB00, 0xFB06),
    (0xFEFF, 0xFEFF),
    (0xFFFD, 0xFFFD),
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "calt", "rlig"]
# The weights that the stylesheets ask for, and the serif as it is drawn for reading.
AXES = {"wght": (400, 400, 700), "opsz": 20}
ICON = re.compile(r":material/([a-z0-9_]+):")
# Of each font: the digest of all that it was made from, and of what was made.
NOTED = Path(__file__).with_name("fonts.json")
NAMES = {1: "{family}", 3: "{family}", 4: "{family}", 6: "{plain}", 16: "{family}", 25: "{plain}"}
TRADEMARK = 7


def whole(name: str) -> Path:
    """Streamlit's own file for one of ours."""
    (path,) = (static_folder() / "static" / "media").glob(CUT[name])
    return path


def text_font(name: str) -> TTFont:
    """Letters for reading, in the weights that are used."""
    font = TTFont(whole(name), recalcTimestamp=False)
    asked = {code for first, last in RANGES for code in range(first, last + 1)}
    _cut(font, unicodes=asked, layout_features=FEATURES)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    font = instancer.instantiateVariableFont(
        font, {axis: values for axis, values in AXES.items() if axis in axes}
    )
    _rename(font, f"Workbench {name.capitalize()}")
    return font


def icon_font() -> TTFont:
    """The icons that Streamlit's front end and our pages name."""
    font = TTFont(whole("icons"), recalcTimestamp=False)
    drawn = _ligatures(font)
    names = icon_names() & set(drawn)
    letters = {font.getBestCmap()[ord(letter)] for name in names for letter in name}
    # Without closure: the letters alone would bring back every icon that they can spell.
    kept = letters | {drawn[name] for name in names}
    _cut(font, glyphs=kept, layout_features=["*"], layout_closure=False)
    return font


def icon_names() -> set[str]:
    """All names of icons in Streamlit's code and in ours."""
    folders = (static_folder().parent, ROOT / "workbench")
    paths = [
        path for folder in folders for end in ("py", "js") for path in folder.rglob(f"*.{end}")
    ]
    return {name for path in paths for name in ICON.findall(path.read_text(encoding="utf-8"))}


def icons_in(font: TTFont) -> set[str]:
    """What can be spelled with an icon font."""
    return set(_ligatures(font))


def outside(name: str) -> str:
    """What the whole font has and ours has not, as a `unicode-range`."""
    with TTFont(whole(name)) as all_of_it, TTFont(FOLDER / f"{name}.woff2") as ours:
        missing = sorted(set(all_of_it.getBestCmap()) - set(ours.getBestCmap()))
    runs: list[list[int]] = []
    for code in missing:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def made() -> dict[str, TTFont]:
    """All three, from what is installed."""
    return {"serif": text_font("serif"), "sans": text_font("sans"), "icons": icon_font()}


def stale() -> list[str]:
    """The files that are not what was made, or were made from something else than there is now."""
    noted = json.loads(NOTED.read_text())
    return [name for name in CUT if noted.get(name) != digests(name)]


def digests(name: str) -> dict[str, str]:
    """Of one font: SHA-256 of what it is made from (Streamlit's file, what is kept), and of it."""
    kept: object = [RANGES, FEATURES, AXES]
    if name == "icons":
        kept = sorted(icon_names() & icons_in(TTFont(whole("icons"))))
    asked = json.dumps([kept, sorted(NAMES.items())]).encode()
    return {
        "from": hashlib.sha256(whole(name).read_bytes() + asked).hexdigest(),
        "made": hashlib.sha256((FOLDER / f"{name}.woff2").read_bytes()).hexdigest(),
    }


def write() -> None:
    for name, font in made().items():
        font.flavor = "woff2"
        body = BytesIO()
        font.save(body)
        (FOLDER / f"{name}.woff2").write_bytes(body.getvalue())
        print(f"{name}: {whole(name).stat().st_size:,} -> {len(body.getvalue()):,} bytes")
    NOTED.write_text(json.dumps({name: digests(name) for name in CUT}, indent=2) + "\n")
    for name in ("serif", "sans"):
        print(f"unicode-range of the whole {name}: {outside(name)}")


def _cut(font: TTFont, *, layout_closure: bool = True, layout_features: list[str], **kept) -> None:
    options = subset.Options(
        layout_features=layout_features, layout_closure=layout_closure, hinting=False
    )
    options.glyph_names = layout_closure is False  # icons are told apart by their names
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(**kept)
    subsetter.subset(font)


def _rename(font: TTFont, family: str) -> None:
    """The licence keeps the name Source for the fonts as their makers published them."""
    table = font["name"]
    table.removeNames(nameID=TRADEMARK)
    for record in list(table.names):
        if record.nameID in NAMES:
            words = NAMES[record.nameID].format(family=family, plain=family.replace(" ", ""))
            record.string = words


def _ligatures(font: TTFont) -> dict[str, str]:
    """The glyph of each icon by its name, as it is spelled."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, ligatures in getattr(table, "ExtSubTable", table).ligatures.items():
                for each in ligatures:
                    spelled = [letters.get(glyph, "?") for glyph in (first, *each.Component)]
                    found["".join(spelled)] = each.LigGlyph
    return found


def main() -> None:
    if "--write" in sys.argv:
        write()
    names = stale()
    if names:
        sys.exit(f"{' and '.join(names)} do not belong to this Streamlit: run `make fonts`.")
    print("fonts: ok")


if __name__ == "__main__":
    main()
