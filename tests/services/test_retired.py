"""Sentences that were split or merged: no list, count or export takes them for one that stands."""

import orjson
import pytest
from loop import Desk, op
from repaired import Bench

from workbench.formats.final_labels import LabelChoice
from workbench.services import exporting


@pytest.fixture
def bench(own_engines, now):
    bench = Bench(Desk(own_engines, now))
    bench.whole = bench.named("The pilots")
    bench.desk.send(op(bench.whole, labels=("claim",)), op(bench.named("Nobody"), labels=()))
    bench.parts = bench.split("The pilots |doubt")
    return bench


def exported(bench, choice):
    given = {"actor": bench.manager, "project_slug": bench.desk.project.slug, "labels": choice}
    with bench.desk.transaction() as session:
        plan = exporting.plan(session, **given)
        lines = b"".join(exporting.stream(session, **given, fmt="jsonl")).splitlines()
    assert plan.n_rows == len(lines)
    return plan, [orjson.loads(line) for line in lines]


@pytest.mark.parametrize("choice", list(LabelChoice))
def test_no_export_takes_what_was_split(bench, choice):
    _, records = exported(bench, choice)

    assert bench.whole not in {record["id"] for record in records}
    assert bench.named("Nobody") in {record["id"] for record in records}


def test_an_export_of_everything_takes_the_parts(bench):
    _, records = exported(bench, LabelChoice.ALL)

    positions = {record["id"]: record["position"] for record in records}
    first, second = bench.parts
    assert positions[second] == positions[first] + 1


def test_a_plan_counts_the_answers_that_are_left_out(bench):
    plan, _ = exported(bench, LabelChoice.ALL)
    assert (plan.n_stale, plan.n_labelled) == (1, 1)
    bench.take_back()
    plan, _ = exported(bench, LabelChoice.ALL)
    assert (plan.n_stale, plan.n_labelled) == (0, 2)


@pytest.mark.parametrize("choice", list(LabelChoice))
def test_an_export_says_how_many_answers_it_leaves_out_for_it(bench, choice):
    told = []
    given = {"actor": bench.manager, "project_slug": bench.desk.project.slug, "labels": choice}
    with bench.desk.transaction() as session:
        list(exporting.stream(session, **given, fmt="jsonl", on_end=told.append))

    assert [written.n_stale for written in told] == [1]


def test_the_article_in_the_window_holds_what_stands_and_nothing_else(bench):
    window = bench.desk.window(want=100)
    held = [part["id"] for part in window.articles[bench.article]["segments"]]

    assert held == [part["id"] for part in bench.view().segments]


def test_a_copy_is_offered_only_where_it_stands(own_engines, now):
    line = "The harbour office counted four hundred boats on Monday morning."
    bench = Bench(Desk(own_engines, now), f"Quay opens\n\n{line} More came.\n")
    other = next(i for i in bench.desk.bring(f"Boats counted\n\n{line} It rained.\n")
                 if not i.startswith(bench.article))  # fmt: skip
    article = other.partition(":")[0]
    mate = next(part["id"] for part in bench.desk.window(want=100).articles[article]["segments"]
                if part["text"] == line)  # fmt: skip
    assert item(bench, mate)["copies"]["n"] == 1
    bench.split("four |hundred")
    assert item(bench, mate)["copies"] is None
    bench.take_back()
    assert item(bench, mate)["copies"]["n"] == 1
    assert bench.desk.faults() == []


def test_a_part_is_found_to_be_a_copy_of_what_stands_elsewhere(own_engines, now):
    line = "The harbour office counted four hundred boats on Monday morning."
    bench = Bench(Desk(own_engines, now), f"Quay opens\n\n{line}\n")
    bench.desk.bring(f"Boats counted\n\nNobody knows why it rained; {line.lower()}\n")
    bench.article = next(
        name for name in bench.desk.window(want=100).articles if name != bench.article
    )
    _, part = bench.split("rained; |the")

    assert item(bench, part)["copies"]["n"] == 1
    assert bench.desk.faults() == []


def item(bench, sentence):
    (found,) = bench.desk.window(start=sentence, want=0).items
    return found
