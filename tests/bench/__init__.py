"""The benchmarks: `python -m tests.bench` prints tables; nothing in here is a timed test."""
