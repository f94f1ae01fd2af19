"""Hugging Face: a folder that `datasets.load_dataset` reads, with splits, features and a card."""

from collections.abc import Iterator

from workbench.formats.writers.format import File, FolderFormat, Setting, Source


def _files(setting: Setting, source: Source) -> Iterator[File]:
    from workbench.formats.writers import hf_folder  # Arrow takes a tenth of a second to load

    return hf_folder.files(setting, source)


HF = FolderFormat(
    name="hf",
    title="Hugging Face",
    has_text=True,
    summary="A Hugging Face folder: Parquet, splits, ClassLabel features, card and Croissant.",
    files=_files,
)
