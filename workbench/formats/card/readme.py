"""README.md of an export: a data card, with the header that the Hugging Face Hub reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.formats.card.facts import CardFacts
from workbench.formats.card.sections import sections
from workbench.formats.card.words import plain, quoted

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
Yaml = str | int | Sequence["Yaml"] | Mapping[str, "Yaml"]


@dataclass(frozen=True, slots=True)
class Config:
    """A part of the set that is loaded by its name.

    Attributes:
        name: `default`, or what it is asked for by.
        files: The files of each split, as a pattern; all in `train` where there are no splits.
        features: The type of each column as the Hub writes it.
    """

    name: str
    files: Mapping[str, str]
    features: Sequence[Mapping[str, Yaml]]


def readme(facts: CardFacts, configs: Iterable[Config] = ()) -> bytes:
    """The card: a header for machines, then the datasheet.

    Args:
        facts: What the set holds.
        configs: What the Hub is to load; nothing for formats it does not load from files.
    """
    title = plain(facts.about.title)
    lines = ["---", *_lines(_header(facts, list(configs)), 0), "---", "", f"# {title}"]
    for heading, paragraphs in sections(facts):
        lines += ["", f"## {heading}"]
        for paragraph in paragraphs:
            is_next_item = paragraph.startswith("- ") and lines[-1].startswith("- ")
            lines += [paragraph] if is_next_item else ["", paragraph]
    return ("\n".join(lines) + "\n").encode()


def _header(facts: CardFacts, configs: list[Config]) -> dict[str, Yaml]:
    about = facts.about
    header: dict[str, Yaml] = {
        "pretty_name": about.title,
        **({"language": list(about.languages)} if about.languages else {}),
        **({"license": about.licence} if about.licence else {}),
        "task_categories": ["text-classification"],
        "task_ids": ["multi-label-classification"],
        "annotations_creators": ["expert-generated"],
        "language_creators": ["found"],
        "multilinguality": ["multilingual" if len(about.languages) > 1 else "monolingual"],
        "size_categories": [_size(facts.n_sentences)],
        "source_datasets": ["original"],
        "tags": ["fact-checking", "claim-detection", "news"],
    }
    if configs:
        header["configs"] = [_config(config) for config in configs]
        header["dataset_info"] = [
            {"config_name": config.name, "features": list(config.features)} for config in configs
        ]
    return header


def _config(config: Config) -> dict[str, Yaml]:
    files = [{"split": split, "path": path} for split, path in config.files.items()]
    return {"config_name": config.name, "data_files": files}


def _size(n: int) -> str:
    return next((name for below, name in _SIZES if n < below), "n>10M")


def _lines(value: Yaml, depth: int) -> Iterator[str]:
    """YAML in blocks; every string in quotes, so that no word is taken for something else."""
    space = "  " * depth
    if isinstance(value, Mapping):
        for name, inner in value.items():
            key = quoted(name) if name.isdecimal() else name  # a number would be read as one
            if isinstance(inner, str | int):
                yield f"{space}{key}: {_scalar(inner)}"
            else:
                yield f"{space}{key}:"
                yield from _lines(inner, depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            if isinstance(inner, str | int):
                yield f"{space}- {_scalar(inner)}"
            else:
                first, *rest = _lines(inner, depth + 1)
                yield f"{space}- {first.lstrip()}"
                yield from rest


def _scalar(value: str | int) -> str:
    return quoted(value) if isinstance(value, str) else str(value)
