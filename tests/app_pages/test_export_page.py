"""The page Export: empty, with labels, and for somebody who may not have it."""

from dataclasses import replace

import lxml.html
import pytest
from labelled import Labelled
from screens import press_late
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from workbench.app_pages import export
from workbench.formats.final_labels import LabelChoice
from workbench.formats.writers import FORMATS
from workbench.services import exporting
from workbench.services.permissions import OPERATOR, Actor, Role
from workbench.services.snapshot_taking import FOLDER
from workbench.settings import settings
from workbench.ui import export_choices, snapshot_run

HOSTILE = "=cmd **bold** :red[x] $x$ <b>y</b> ![i](https://evil.example/i.png)"


@pytest.fixture
def labelled(own_engines, now):
    with transaction(own_engines) as session:
        labelled = Labelled(session, now)
        labelled.write("One.", HOSTILE, "Three.", title=HOSTILE)
    return labelled


@pytest.fixture
def show(own_engines, labelled, monkeypatch):
    """The page as somebody of a role sees it."""

    def show(role: Role = Role.MANAGER) -> AppTest:
        with transaction(own_engines) as session:
            labelled.make.session = session
            actor: Actor = labelled.make.actor(labelled.project, role=role)
        monkeypatch.setattr(export, "current_actor", lambda: actor)
        monkeypatch.setattr(export, "current_project_slug", lambda: labelled.project.slug)
        monkeypatch.setattr("workbench.ui.context.engines", lambda _url: own_engines)
        page = AppTest.from_function(_draw, default_timeout=20).run()
        assert not page.exception
        return page

    return show


def _draw() -> None:
    from workbench.app_pages import export

    export.render()


@pytest.fixture
def decided(own_engines, labelled):
    with transaction(own_engines) as session:
        labelled.session = labelled.make.session = session
        labelled.decide(1, ("claim",))


def texts(page):
    return " ".join(element.value for element in page.text)


def table(page):
    """The HTML of the first rows; empty where there is none."""
    drawn = [element.proto.body for element in page.get("html")]
    return next((body for body in drawn if "<table" in body), "")


def rows(page):
    """The first rows as a reader finds them: by the name of the column."""
    tree = lxml.html.fromstring(table(page))
    names = [cell.text for cell in tree.iter("th")]
    cells = ([cell.text_content() for cell in row.iter("td")] for row in tree.iter("tr"))
    return [dict(zip(names, row, strict=True)) for row in cells if row]


def links(page):
    return {link.proto.label: link.proto.url for link in page.get("link_button")}


def test_without_a_label_it_leads_to_annotate(show):
    page = show()
    assert [title.value for title in page.title] == ["Export"]
    assert "This page hands out the training set. Nothing is labelled yet" in texts(page)
    assert links(page) == {"Annotate": "/annotate"}


def test_it_says_what_the_file_will_hold(show, decided):
    page = show()
    assert [head.value for head in page.header] == ["1 sentence in the file", "All rows"]
    assert "Of 3 sentences in Demo: 1 sentence with a final label" in texts(page)
    assert "2 sentences without a label: 2 not decided, 0 skipped. 1 reviewer took part." in texts(
        page
    )
    assert ":blue[Claim] 1 sentence" in [line.value for line in page.markdown]


def test_what_was_skipped_is_told_from_what_nobody_decided(show, labelled, decided, own_engines):
    with transaction(own_engines) as session:
        labelled.session = labelled.make.session = session
        labelled.decide(0, None, skip_reason="unclear")
    assert "2 sentences without a label: 1 not decided, 1 skipped." in texts(show())


def test_all_its_numbers_are_grouped_alike(show, decided, monkeypatch):
    plan = exporting.plan

    def large(*args, **given):
        return replace(plan(*args, **given), n_sentences=25_255, n_unlabelled=25_254)

    monkeypatch.setattr(exporting, "plan", large)
    told = texts(show())
    assert "25\u2009254 sentences without a label: 25\u2009254 not decided" in told


def test_the_first_rows_are_shown_as_they_are(show, decided):
    page = show()
    [row] = rows(page)
    assert row["Sentence"] == row["Article"] == HOSTILE
    assert row["Labels"] == "Claim"
    assert '<span class="wb-mark wb-mark-solid wb-blue">Claim</span>' in table(page)
    drawn = [
        element.value for kind in (page.markdown, page.caption, page.title) for element in kind
    ]
    assert not [value for value in drawn if "evil" in value]


def test_an_explicit_none_is_told_from_no_label_yet(show, labelled, own_engines):
    with transaction(own_engines) as session:
        labelled.session = labelled.make.session = session
        labelled.decide(0, ())
    page = show()
    page.radio(key="export-labels").set_value("all").run()
    assert [row["Labels"] for row in rows(page)] == ["none", "", ""]
    decided = [row["Decided"] for row in rows(page)]
    assert decided == ["single reviewer", "not settled", "not settled"]


def test_one_button_downloads_what_is_chosen(show, labelled, decided):
    page = show()
    slug = labelled.project.slug
    assert links(page) == {"Download": f"/export/{slug}/latest.jsonl?labels=gold"}

    page.selectbox(key="export-format").set_value(export_choices.EXCEL)
    page.radio(key="export-labels").set_value("all").run()

    assert links(page) == {"Download": f"/export/{slug}/latest.csv?labels=all&excel=1"}
    assert [head.value for head in page.header] == ["3 sentences in the file", "All rows"]
    assert len(rows(page)) == 3


def test_a_reviewer_is_told_whom_to_ask(show, decided):
    page = show(Role.REVIEWER)
    assert [warning.value for warning in page.warning] == [
        "Your role (reviewer) does not include this. Ask a manager."
    ]
    assert links(page) == {}
    assert not table(page)


@pytest.mark.parametrize("labels", LabelChoice)
def test_every_choice_has_words_and_every_format_a_way_to_download(labels):
    assert export_choices.CHOICES[labels].endswith(".")
    for fmt in FORMATS:
        assert FORMATS[fmt].summary.endswith(".")
        address = export_choices.address("demo", fmt, None, labels)
        assert address == f"/export/demo/latest.{fmt}?labels={labels}"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A data folder for snapshots, and pages beside which they are taken at once."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def beside(own_engines, monkeypatch, labelled):
    """What runs beside the page knows the test's database and the person who looks."""
    for name in ("long_session", "open_session"):
        monkeypatch.setattr(f"workbench.ui.snapshot_run.{name}", lambda: reading(own_engines))
    monkeypatch.setattr("workbench.ui.snapshot_run.open_session", lambda: transaction(own_engines))
    monkeypatch.setattr(snapshot_run.accounts, "signed_in", lambda *_, **__: OPERATOR)
    snapshot_run._runs.clear()


def button(page, label):
    (found,) = [each for each in page.button if each.label == label]
    return found


def pressed(page, label):
    return button(page, label).click().run()


def ended(page):
    for run in snapshot_run._runs.values():
        assert run.ended.wait(20)
    return page.run()


def test_a_look_says_what_a_snapshot_would_hold_and_keeps_nothing(show, decided, home, beside):
    page = show()
    pressed(page, "Look first")
    page = ended(page)

    assert "It would hold 1 sentence" in [head.value for head in page.subheader]
    assert list((home / FOLDER).rglob("*.jsonl")) == []
    assert "export-state" in page.session_state
    assert page.selectbox(key="export-state").options == ["As it is now"]


def test_a_snapshot_is_taken_and_found_with_its_card(show, decided, home, beside, labelled):
    page = show()
    page.text_input(key="snapshot-note").set_value("first")
    pressed(page, "Take snapshot")
    page = ended(page)
    assert "Snapshot 1 holds 1 sentence. Choose it under State, above," in texts(page)

    page.selectbox(key="export-state").set_value(1).run()
    assert "1 sentence in snapshot 1" in [head.value for head in page.header]
    assert "It holds the sentences with a final label." in texts(page)
    found = links(page)
    assert found["Download"] == f"/export/{labelled.project.slug}/1.jsonl"
    assert found["Data card"] == f"/export/{labelled.project.slug}/1.card"
    assert page.dataframe[0].value["Split"].tolist() == ["train", "validation", "test"]


def test_a_second_press_takes_no_second_snapshot(show, decided, home, beside):
    page = show()
    page = ended(press_late(page, button(page, "Take snapshot")))

    assert len(page.selectbox(key="export-state").options) == 2


def test_shares_that_are_no_split_are_said(show, decided, home, beside):
    page = show()
    page.number_input(key="snapshot-Train").set_value(50)
    pressed(page, "Take snapshot")

    assert "100 together" in texts(page)
    assert snapshot_run._runs == {}


def test_what_no_sentence_meets_is_said(show, decided, home, beside):
    page = show()
    page.number_input(key="snapshot-fewest").set_value(5)
    pressed(page, "Take snapshot")

    assert "No sentence is as asked" in texts(ended(page))


def test_nothing_speaks_of_adjudications_which_nobody_makes(show, decided):
    page = show()
    told = [each.value for each in page.text]
    told += [word for each in [*page.selectbox, *page.multiselect] for word in each.options]
    assert any("majority" in words for words in told)
    assert not any("adjudic" in words for words in told)
