"""Articles written for the project: one invented story, told by nine invented outlets."""

from pathlib import Path


def paths() -> list[Path]:
    """The sample articles, in the order of their numbers."""
    return sorted(Path(__file__).parent.glob("*.txt"))
