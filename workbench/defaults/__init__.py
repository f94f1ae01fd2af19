"""What a new project starts with: the default guideline, labels and presets."""

import json
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LabelDefault:
    """One label; `meaning` is the one-line test that decides it."""

    key: str
    name: str
    meaning: str
    shortcut: str
    colour: str
    position: int


@dataclass(frozen=True, slots=True)
class PresetDefault:
    """A combination of labels on one digit key; no labels is an explicit none."""

    key: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelSetDefaults:
    """The labels in their order on the screen, and the presets in theirs."""

    labels: tuple[LabelDefault, ...]
    presets: tuple[PresetDefault, ...]


def guideline_text() -> str:
    """The default guideline, in Markdown, with one second-level section for each label."""
    return (HERE / "guideline.md").read_text(encoding="utf-8")


def label_set() -> LabelSetDefaults:
    """The default label set, version 1 of every new project."""
    stored = json.loads((HERE / "label_set.json").read_text(encoding="utf-8"))
    return LabelSetDefaults(
        labels=tuple(LabelDefault(**label) for label in stored["labels"]),
        presets=tuple(
            PresetDefault(key=preset["key"], labels=tuple(preset["labels"]))
            for preset in stored["presets"]
        ),
    )
