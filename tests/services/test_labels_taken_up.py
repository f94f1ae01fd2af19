"""A label that was retired or merged is taken up again as the same label."""

import pytest
from conftest import NOON
from labelled import Labelled

from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.services import label_edits, label_sets, projects, stale_labels
from workbench.services.label_changes import LabelDraft, PresetDraft
from workbench.services.label_saving import save
from workbench.services.permissions import Role

AGAIN = {"key": "dispute", "name": "Dispute", "shortcut": "D", "colour": "orange"}
LABELS = [
    LabelDraft(name.title(), f"Is it a {name}?", name[0].upper(), colour, name)
    for name, colour in (("claim", "blue"), ("attribution", "violet"), ("dispute", "orange"))
]


@pytest.fixture
def demo(session):
    made = Labelled(session, NOON)
    made.write("One.", "Two.", "Three.")
    return made


@pytest.fixture
def manager(demo):
    return demo.make.actor(demo.project, role=Role.MANAGER)


@pytest.fixture
def act(session, demo, manager):
    def done(change, **given):
        base = projects.rules(session, project_id=demo.project.id).label_set_version
        values = {"actor": manager, "slug": demo.project.slug, "base_version": base}
        values |= {"note": "Asked for", "now": NOON} | given
        return save(session, change=change, **values)

    done(label_edits.edit(LABELS))
    return done


@pytest.fixture
def newest(session, demo, manager):
    def found():
        return label_sets.history(session, actor=manager, slug=demo.project.slug)[0]

    return found


@pytest.fixture
def waiting(session, demo):
    def found():
        return stale_labels.own(session, actor=demo.actor(), slug=demo.project.slug)

    return found


def named(label, **other):
    values = {"name": label.name, "meaning": label.meaning, "shortcut": label.shortcut}
    return LabelDraft(**values | {"colour": label.colour, "key": label.key} | other)


@pytest.mark.parametrize(
    "gone", [label_edits.retire("dispute"), label_edits.merge("dispute", into="claim")]
)
def test_it_has_the_key_and_the_meaning_it_had_and_nobody_looks_again(
    demo, act, newest, waiting, gone
):
    demo.decide(0, ["dispute"])
    act(gone)
    assert waiting().total == 1
    assert act(label_edits.take_up(**AGAIN)) == 4
    assert newest().draft.labels[-1] == LABELS[-1]
    assert newest().changes == ("Dispute taken up again",)
    assert waiting().total == 0


def test_what_waits_for_another_reason_goes_on_waiting(demo, act, waiting):
    demo.decide(0, ["dispute"])
    act(label_edits.edit([*LABELS[:2], named(LABELS[2], meaning="Who denies it?")]))
    demo.decide(1, ["dispute"])
    act(label_edits.retire("dispute"))
    assert waiting().total == 2
    act(label_edits.take_up(**AGAIN))
    assert [line.why for line in waiting().rows] == [("Dispute has another meaning",)]


def test_it_can_go_and_come_back_again(demo, act, waiting):
    for position in range(2):
        demo.decide(position, ["dispute"])
        act(label_edits.retire("dispute"))
        assert waiting().rows[0].why == ("Dispute was retired",)
        act(label_edits.take_up(**AGAIN))
        assert waiting().total == 0


def test_it_may_have_another_name_key_and_colour_by_now(act, newest):
    act(label_edits.retire("dispute"))
    act(label_edits.take_up("dispute", name="Denial", shortcut="e", colour="green"))
    assert newest().draft.labels[-1] == named(
        LABELS[2], name="Denial", shortcut="E", colour="green"
    )
    assert newest().changes == (
        "Dispute renamed to Denial",
        "Denial taken up again",
        "Denial has another colour",
        "Denial has another key",
    )


@pytest.mark.parametrize("taken", [{"name": "claim"}, {"shortcut": "C"}, {"colour": "blue"}])
def test_what_another_label_has_by_now_is_refused(act, taken):
    act(label_edits.retire("dispute"))
    with pytest.raises(InputError, match="Two labels"):
        act(label_edits.take_up(**AGAIN | taken))


def test_presets_that_went_with_it_come_back_where_their_digit_is_free(act, newest):
    went = [
        PresetDraft("1", ("claim",)),
        PresetDraft("3", ("dispute",)),
        PresetDraft("4", ("claim", "dispute")),
    ]
    act(label_edits.set_presets(went))
    act(label_edits.retire("dispute"))
    left = [*newest().draft.presets, PresetDraft("4", ("attribution",)), PresetDraft("0", ())]
    act(label_edits.set_presets(left))
    act(label_edits.take_up(**AGAIN))
    found = [(each.key, each.labels) for each in newest().draft.presets]
    assert found == [("1", ("claim",)), ("3", ("dispute",)), ("4", ("attribution",)), ("0", ())]


def test_a_preset_does_not_come_back_for_a_label_that_is_still_gone(act, newest):
    act(label_edits.set_presets([PresetDraft("4", ("attribution", "dispute"))]))
    act(label_edits.merge("dispute", into="attribution"))
    act(label_edits.retire("attribution"))
    act(label_edits.take_up(**AGAIN))
    assert newest().draft.presets == ()


@pytest.mark.parametrize("key", ["claim", "nothing"])
def test_only_what_has_gone_is_taken_up(act, key):
    act(label_edits.retire("dispute"))
    with pytest.raises(NotFoundError):
        act(label_edits.take_up(**AGAIN | {"key": key}))


def test_who_saves_second_is_told(act):
    act(label_edits.retire("dispute"))
    with pytest.raises(TakenError):
        act(label_edits.take_up(**AGAIN), base_version=2)


def test_only_who_manages_the_project_takes_one_up(demo, act):
    act(label_edits.retire("dispute"))
    with pytest.raises(NotAllowedError):
        act(label_edits.take_up(**AGAIN), actor=demo.make.actor(demo.project, role=Role.REVIEWER))


@pytest.mark.parametrize("name", ["Dispute", "  dispute ", "Denial", "DENIAL"])
def test_a_new_label_of_its_name_is_not_made_without_a_word(act, newest, name):
    act(label_edits.edit([*LABELS[:2], named(LABELS[2], name="Denial")]))
    act(label_edits.retire("dispute"))
    new = LabelDraft(name, "Is it denied?", "E", "green")
    with pytest.raises(InputError, match="key dispute, until version 3"):
        act(label_edits.add(new))
    act(label_edits.add(new, is_another=True))
    assert newest().draft.labels[-1].key in {"dispute_2", "denial"}


def test_names_that_have_no_key_of_their_own_are_not_taken_for_one_another(act, newest):
    act(label_edits.add(LabelDraft("Довод", "?", "B", "green")))
    act(label_edits.retire("label"))
    act(label_edits.add(LabelDraft("Опора", "?", "B", "green")))
    assert newest().draft.labels[-1].key == "label_2"
