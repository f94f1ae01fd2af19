"""The hash locks: see that they are those of pyproject.toml, or write them anew."""

import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
MARK = "# of the dependencies with SHA-256 "
TARGETS = {
    "requirements.txt": [],
    "requirements-dev.txt": ["--group", "dev"],
}


def digest() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [
        *project["project"]["dependencies"],
        project["project"]["requires-python"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()


def stale() -> list[str]:
    return [
        name
        for name in TARGETS
        if not (ROOT / name).is_file() or MARK + digest() not in (ROOT / name).read_text()
    ]


def write() -> None:
    for name, more in TARGETS.items():
        command = [
            str(Path(sys.executable).parent / "uv"),
            *("pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"),
            *("--python-version", "3.11", "--no-header", "--no-emit-index-url", "--quiet"),
            *("--no-config", "--output-file", name, *more),
        ]
        subprocess.run(
            [str(Path(sys.executable).parent / command[0]), *command[1:]], cwd=ROOT, check=True
        )
        text = (ROOT / name).read_text()
        head = f"# Written by `make lock`; do not edit.\n{MARK}{digest()}\n"
        (ROOT / name).write_text(head + text)


def main() -> None:
    if "--write" in sys.argv:
        write()
    names = stale()
    if names:
        sys.exit(f"{' and '.join(names)} do not belong to pyproject.toml: run `make lock`.")
    print("locks: ok")


if __name__ == "__main__":
    main()
