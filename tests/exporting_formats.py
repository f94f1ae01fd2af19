"""Exports in every format, for tests: the setting they are made with and their bytes."""

from pathlib import Path

from exported import LABELS

from workbench.formats.about import About, LabelFace
from workbench.formats.final_labels import LabelChoice
from workbench.formats.records import Record
from workbench.formats.writers import FORMATS, PLAIN, Flavour, Setting, files, stream

ABOUT = About(
    project="calvenna",
    title="Calvenna",
    labels=tuple(LabelFace(key, key.title(), f"When it is a {key}.") for key in LABELS),
    tool="workbench 0.1.0",
)
SPLITS = ("train", "validation", "test")


def setting(
    *,
    whose: LabelChoice = LabelChoice.GOLD,
    splits: tuple[str, ...] = (),
    flavour: Flavour = PLAIN,
    about: About = ABOUT,
) -> Setting:
    return Setting(about, whose=whose, splits=splits, flavour=flavour)


class Records:
    """A source of these records, for all splits or one."""

    def __init__(self, *records: Record) -> None:
        self.records = records
        self.n_read = 0

    def __call__(self, split: str | None = None):
        for record in self.records:
            if split in (None, record.split):
                self.n_read += 1
                yield record


def download(name: str, *records: Record, **given) -> bytes:
    return b"".join(stream(FORMATS[name], setting(**given), Records(*records)))


def folder(name: str, *records: Record, **given) -> dict[str, bytes]:
    made = files(FORMATS[name], setting(**given), Records(*records))
    return {file.path: b"".join(file.chunks) for file in made}


def write(path: Path, name: str, *records: Record, **given) -> Path:
    """The folder of a format on the disk."""
    for place, data in folder(name, *records, **given).items():
        target = path / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return path
