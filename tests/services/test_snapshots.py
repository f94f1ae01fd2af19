"""Snapshots on both databases: what they hold, that they are the same again, and who takes them."""

import os
import time
from collections import defaultdict

import orjson
import pytest
from labelled import Labelled

from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.formats.choosing import Filters
from workbench.formats.final_labels import LabelChoice
from workbench.formats.splitting import Plan, Split
from workbench.services import exporting, snapshot_checks, snapshot_folder, snapshots
from workbench.services.permissions import OPERATOR, Role
from workbench.services.snapshot_taking import FOLDER, Wish, drafted, keep

C, A, CA = ("claim",), ("attribution",), ("claim", "attribution")
WHOLE = Wish(plan=None)


@pytest.fixture
def labelled(session, now):
    """Twelve articles of three sentences each: two are copies, two tell one story."""
    project = Labelled(session, now)
    for number in range(12):
        given = {4: {"wire_cluster": "c"}, 7: {"wire_cluster": "c"}}.get(number, {})
        given |= {2: {"story": "s"}, 9: {"story": "s"}}.get(number, {})
        project.write(
            f"One {number}.",
            f"Two {number}.",
            f"Three {number}.",
            public_id=f"{number:016x}",
            outlet="Courier" if number < 3 else "Meridian",
            **given,
        )
        project.decide(0, C)
        project.decide(1, (CA, ())[number % 2])
        if number % 3 == 0:
            project.decide(0, A, reviewer=2)
    return project


@pytest.fixture
def take(labelled, tmp_path, now):
    def taken(wish=WHOLE, *, home=tmp_path, **given):
        given = {"actor": OPERATOR, "project_slug": labelled.project.slug} | given
        with drafted(labelled.session, wish=wish, home=home, **given) as draft:
            row = keep(labelled.session, actor=given["actor"], draft=draft, home=home, now=now)
        return home / FOLDER / labelled.project.slug / str(row.number)

    return taken


def rows(folder):
    return [orjson.loads(line) for line in (folder / "sentences.jsonl").read_bytes().splitlines()]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_snapshot_holds_what_the_export_does(labelled, take):
    chunks = exporting.stream(
        labelled.session,
        actor=OPERATOR,
        project_slug=labelled.project.slug,
        fmt="jsonl",
        labels=LabelChoice.GOLD,
    )

    assert (take() / "sentences.jsonl").read_bytes() == b"".join(chunks)


def test_taken_again_it_is_the_same_to_the_byte_under_the_next_number(take, tmp_path):
    first, second = take(Wish()), take(Wish())

    assert (first.name, second.name) == ("1", "2")
    assert contents(first) == contents(second)
    assert list(snapshot_checks.alterations(first)) == []


def test_every_article_is_in_one_split_and_copies_and_stories_stay_together(take):
    splits = defaultdict(set)
    for row in rows(take(Wish(plan=Plan(seed=3)))):
        splits[row["article"]["id"][-1]].add(row["split"])

    assert all(len(found) == 1 for found in splits.values())
    assert set().union(*splits.values()) == set(Split)
    assert splits["4"] == splits["7"]
    assert splits["2"] == splits["9"]


def test_the_manifest_says_how_much_groups_tie_together(take):
    groups = snapshot_checks.read_manifest(take(Wish())).results["groups"]

    # Two copies and two that tell one story, among twelve articles.
    assert [(one["n_articles"], one["n_groups"]) for one in groups] == [(1, 8), (2, 2)]


def test_an_outlet_can_be_held_out_for_the_test(take):
    plan = Plan(hold_out_outlets=("Courier",), keeps_stories=False)
    found = rows(take(Wish(plan=plan)))

    assert {row["article"]["outlet"] for row in found if row["split"] == "test"} == {"Courier"}


def test_filters_say_who_gets_in_and_stand_in_the_manifest(take):
    filters = Filters(labels=("none",), outlets=("Meridian",))
    folder = take(Wish(filters=filters, plan=None))

    assert all(not row["labels"] for row in rows(folder))
    assert {row["article"]["outlet"] for row in rows(folder)} == {"Meridian"}
    told = snapshot_checks.read_manifest(folder)
    assert told.choices == {"whose": "gold", "labels": ["none"], "outlets": ["Meridian"]}
    assert told.counts["sentences"] == len(rows(folder))


def test_a_card_goes_with_it_for_people_and_for_machines(take):
    folder = take(Wish())
    counts = snapshot_checks.read_manifest(folder).counts

    card = (folder / "README.md").read_text()
    assert card.startswith("---\n")
    assert f"{counts['sentences']} sentences" in card
    described = orjson.loads((folder / "croissant.json").read_bytes())
    [file] = described["distribution"]
    assert file["sha256"] == entry_of(folder, "sentences.jsonl").sha256
    assert (folder / "guideline.md").stat().st_size


def test_agreement_counts_the_sentences_that_are_left_out_because_of_it(labelled, take):
    results = snapshot_checks.read_manifest(take(WHOLE)).results
    claim = next(one for one in results["agreement"] if one["measure"] == "claim")

    # One of two votes each on the first sentences of four articles: no final label, no agreement.
    assert (claim["n_sentences"], claim["n_votes"]) == (4, 8)
    assert results["unsettled_in_agreement"] == 4
    assert claim["alpha"] < 0


def entry_of(folder, name):
    files = snapshot_checks.read_manifest(folder).files
    return next(entry for entry in files if entry.path == name)


def test_the_records_can_be_read_again_whole_or_by_split(take):
    source = snapshot_folder.FolderSource(take(Wish()))

    assert [one.id for one in source()] == [row["id"] for row in source_rows(source)]
    assert sum(len(list(source(split))) for split in Split) == len(list(source()))


def source_rows(source):
    return [orjson.loads(orjson.dumps(one)) for one in source()]


def test_snapshots_are_listed_newest_first_and_found_by_number(labelled, take, tmp_path):
    take()
    take(Wish(plan=None, note=" before the trial "))
    who = {"actor": OPERATOR, "project_slug": labelled.project.slug}

    found = snapshots.listed(labelled.session, **who)
    assert [(one.number, one.note) for one in found] == [(2, "before the trial"), (1, "")]
    one = snapshots.find(labelled.session, number=2, **who)
    assert (one.folder(tmp_path) / "manifest.json").is_file()
    with pytest.raises(NotFoundError, match="There are 1 to 2"):
        snapshots.find(labelled.session, number=3, **who)


def test_nothing_to_take_is_said_and_leaves_nothing(take, tmp_path):
    with pytest.raises(InputError, match="No sentence is as asked"):
        take(Wish(filters=Filters(labels=("dispute",))))

    assert [path for path in (tmp_path / FOLDER).rglob("*") if path.is_file()] == []


def test_what_fails_before_it_is_kept_leaves_nothing(labelled, tmp_path):
    given = {"actor": OPERATOR, "project_slug": labelled.project.slug, "home": tmp_path}
    with pytest.raises(KeyboardInterrupt), drafted(labelled.session, wish=WHOLE, **given):
        raise KeyboardInterrupt

    assert list((tmp_path / FOLDER / labelled.project.slug).iterdir()) == []


def test_a_folder_that_a_crash_left_under_the_next_number_is_moved_aside(labelled, take, tmp_path):
    left = tmp_path / FOLDER / labelled.project.slug / "1"
    left.mkdir(parents=True)
    (left / "half").write_text("written")

    folder = take()

    assert (folder / "manifest.json").is_file()
    [aside] = left.parent.glob(".left-1-*")
    assert (aside / "half").read_text() == "written"


def test_a_copy_goes_to_a_new_or_empty_folder_only(take, tmp_path):
    folder, target = take(), tmp_path / "copy"
    target.mkdir()
    snapshot_folder.copy(folder, target)
    assert contents(target) == contents(folder)

    with pytest.raises(InputError, match="exists and is not empty"):
        snapshot_folder.copy(folder, target)
    with pytest.raises(InputError, match="There is no folder"):
        snapshot_folder.copy(folder, tmp_path / "no" / "copy")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_who_may_not_export_takes_and_sees_no_snapshot(labelled, take, role):
    actor = labelled.make.actor(labelled.project, role=role)

    with pytest.raises(NotAllowedError):
        take(actor=actor)
    with pytest.raises(NotAllowedError):
        snapshots.listed(labelled.session, actor=actor, project_slug=labelled.project.slug)


def test_snapshots_of_others_do_not_exist(labelled, take):
    take()
    stranger = labelled.make.actor(labelled.make.project(), role=Role.MANAGER)

    with pytest.raises(NotFoundError):
        take(actor=stranger)
    with pytest.raises(NotFoundError):
        snapshots.find(
            labelled.session, actor=stranger, project_slug=labelled.project.slug, number=1
        )


def test_what_a_killed_process_left_is_removed_and_what_another_makes_is_not(tmp_path):
    left, young = (tmp_path / f"{snapshot_folder.MAKING}{name}" for name in ("left", "young"))
    long_ago = time.time() - 2 * snapshot_folder.YOUNG
    for folder in (left, young):
        folder.mkdir()
        (folder / "sentences.jsonl").write_text("half of a")
    os.utime(left, (long_ago, long_ago))
    with snapshot_folder.in_the_making(tmp_path) as slow:
        os.utime(slow, (long_ago, long_ago))
        with snapshot_folder.in_the_making(tmp_path) as quick:
            assert {slow, quick, young} == {*tmp_path.iterdir()}
    assert [*tmp_path.iterdir()] == [young]
