"""Run the benchmarks and print their tables: `python -m tests.bench [TABLE ...]`."""

import argparse
from importlib import import_module

from tests.bench import machine

TABLES = (
    "loop",
    "throughput",
    "team",
    "burst",
    "page",
    "start",
    "imports",
    "exports",
    "scale",
    "pages",
    "kills",
    "snapshots",
    "large",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"of {', '.join(TABLES)}")
    names = parser.parse_args().tables or TABLES
    unknown = sorted(set(names) - set(TABLES))
    if unknown:
        parser.error(f"there is no table '{unknown[0]}'; there are {', '.join(TABLES)}")
    print(machine.description(), flush=True)
    for name in names:
        for table in import_module(f"tests.bench.{name}").tables():
            print(table.markdown(), flush=True)


if __name__ == "__main__":
    main()
