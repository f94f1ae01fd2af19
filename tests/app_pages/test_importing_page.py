"""The import page: who gets it, what it shows of files, and what an import leads to."""

import json

import pytest
from screens import QUAY, words

from workbench.services.permissions import Role
from workbench.ui import import_panel, import_run

ROLES = list(Role)
IMPORTERS = {Role.MANAGER, Role.ADMIN}
POLISH = "Łódź ponownie otworzyła nabrzeże. Nikt w Krakowie o to nie pytał, powiedziała.\n" * 4
GARBLED = "The café reopened in São Tomé.".encode().decode("cp1252")
TABLE = b"Body,Head\nIt rained on Monday.,Rain\nIt snowed.,Snow\na,b,c,d\n"


@pytest.fixture
def project(installation):
    return installation.project()


@pytest.fixture
def page(installation, project):
    """The page as a manager sees it."""
    return installation.open("importing", as_=installation.sign_in(Role.MANAGER, project))


def drop(page, *files):
    """Lay files ready; the page with the first of them."""
    given = [(name, data, "application/octet-stream") for name, data in files]
    return page.file_uploader[0].set_value(given).run(timeout=30)


def html(page):
    """Everything that stands on the page as text in markup of our own."""
    return "\n".join(element.proto.body for element in page.get("html"))


def press(page, key):
    return page.button(key=key).click().run(timeout=60)


def chosen(page, label):
    (found,) = [each for each in page.selectbox if each.label == label]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_it_is_for_those_who_import(installation, project, role):
    page = installation.open("importing", as_=installation.sign_in(role, project))
    assert not page.exception
    assert bool(page.file_uploader) is (role in IMPORTERS)
    assert ("A manager imports" in words(page)) is (role not in IMPORTERS)


def test_an_empty_installation_offers_the_samples(installation):
    page = installation.open("importing", as_=installation.sign_in(Role.ADMIN))
    page = press(page, "import-samples")
    for _ in range(20):  # it runs beside the page, which may be drawn before it has ended
        if page.title[0].value == "Import 1":
            break
        page = page.run(timeout=60)
    assert not page.exception
    assert page.title[0].value == "Import 1", words(page)
    assert "9 articles added." in words(page)


def test_a_tab_that_saw_an_import_on_its_way_is_led_to_its_report_after_another_was(
    installation, project, page
):
    told = press(drop(page, ("quay.txt", QUAY)), "import-files")
    assert told.title[0].value == "Import 1"
    other = installation.open("importing", as_=installation.sign_in(Role.MANAGER, project))
    assert other.title[0].value == "Import articles"
    ended = import_run.Run((), n_asked=1, batch=1)
    ended.ended.set()
    other.session_state[import_panel.WATCHED] = (project.slug, ended)
    other = other.run(timeout=60)
    assert not other.exception
    assert other.title[0].value == "Import 1"
    other.query_params.clear()
    assert other.run().title[0].value == "Import articles"


def test_files_are_shown_before_anything_is_stored(installation, page):
    page = drop(page, ("quay.txt", QUAY))
    assert not page.exception
    assert "Quay reopens after the flood" in html(page)
    assert ":blue-badge[4 body]" in words(page)
    assert chosen(page, "Encoding").value == ""
    assert {each.label: each.value for each in page.text_input}["Author"] == "Ada Lin"
    with installation.rows() as (session, _):
        assert session.connection().exec_driver_sql("SELECT count(*) FROM article").scalar() == 0


def test_another_encoding_shows_the_text_anew_and_is_used(installation, page):
    data = POLISH.encode("cp1250")
    page = drop(page, ("a.txt", data))
    page = chosen(page, "Encoding").set_value("cp1250").run()
    assert "Łódź" in html(page)
    page = chosen(page, "Language").set_value("sk").run()
    press(page, "import-files")
    with installation.rows() as (session, _):
        found = session.connection().exec_driver_sql("SELECT text, language FROM article").one()
    assert tuple(found) == (POLISH, "sk")


def test_an_encoding_that_does_not_fit_is_told(page):
    page = drop(page, ("a.txt", POLISH.encode("cp1250")))
    page = chosen(page, "Encoding").set_value("utf-8").run()
    assert not page.exception
    assert "not valid UTF-8 text" in html(page)


def test_a_corrected_title_is_stored_and_a_wrong_date_is_told(installation, page):
    page = drop(page, ("quay.txt", QUAY))
    fields = {each.label: each for each in page.text_input}
    page = fields["Title"].set_value("The quay, again").run()
    fields = {each.label: each for each in page.text_input}
    page = fields["Published"].set_value("yesterday").run()
    assert "is no date" in words(page)
    page = {each.label: each for each in page.text_input}["Published"].set_value("2020-01-02").run()
    press(page, "import-files")
    with installation.rows() as (session, _):
        told = "SELECT title, published, author FROM article"
        found = session.connection().exec_driver_sql(told).one()
    assert tuple(found) == ("The quay, again", "2020-01-02", "Ada Lin")


def test_mojibake_is_repaired_only_when_that_is_chosen(installation, page):
    page = drop(page, ("a.txt", GARBLED.encode()), ("b.txt", f"{GARBLED} ".encode()))
    assert "becomes" in html(page) or "São Tomé" in html(page)
    page = page.checkbox[0].check().run()
    press(page, "import-files")
    with installation.rows() as (session, _):
        told = "SELECT text FROM article ORDER BY id"
        found = session.connection().exec_driver_sql(told).scalars().all()
    assert sorted(found) == sorted(["The café reopened in São Tomé.", f"{GARBLED} "])


def test_what_is_chosen_can_go_for_all_files(installation, page):
    files = [(f"{n}.txt", f"{GARBLED}{n}".encode()) for n in range(3)]
    page = drop(page, *files)
    page = page.checkbox[0].check().run()
    (for_all,) = [each for each in page.button if "for all files" in each.label]
    page = press(for_all.click().run(), "import-files")
    with installation.rows() as (session, _):
        found = session.connection().exec_driver_sql("SELECT text FROM article").scalars().all()
    assert all("São Tomé" in text for text in found)


def test_columns_are_chosen_and_remembered(installation, project):
    who = installation.sign_in(Role.MANAGER, project)
    page = drop(installation.open("importing", as_=who), ("a.csv", TABLE))
    assert "guessed by name" in words(page)
    page = chosen(page, "Text").set_value("Head").run()
    page = chosen(page, "Title").set_value("Body").run()
    page = press(page, "import-files")
    assert "2 articles added, 1 record of other files refused." in words(page)
    again = drop(installation.open("importing", as_=who), ("b.csv", TABLE + b"x,y\n"))
    assert "as the last time for these columns" in words(again)
    assert chosen(again, "Text").value == "Head"


def test_a_table_whose_text_is_not_known_asks_for_it(page):
    page = drop(page, ("a.csv", b"a,b\nRain,It rained on Monday.\n"))
    assert "known to hold the text" in html(page)
    page = chosen(page, "Text").set_value("b").run()
    assert "It rained on Monday." in html(page)


def test_every_file_and_fault_is_reported_and_nothing_reads_it_as_markup(page):
    page = drop(page, ("<b>x</b>.txt", b"\x00\x01" * 500), ("a.csv", TABLE), ("quay.txt", QUAY))
    page = press(page, "import-files")
    assert not page.exception
    shown = html(page)
    assert "&lt;b&gt;x&lt;/b&gt;.txt" in shown
    assert "line 4" in shown
    assert "more cells (4)" in shown
    page.selectbox(key="import-report-outcome-1").set_value("Added").run()
    assert "line 4" not in html(page)
    page.text_input(key="import-report-search-1").set_value("quay").run()
    assert "1 line." in words(page)


def test_an_import_is_undone_after_one_confirmation_in_numbers(page):
    page = press(drop(page, ("quay.txt", QUAY)), "import-files")
    page = press(page, "import-undo-1")
    assert "This takes 1 article out, with 6 segments, 5 of them in the queue." in words(page)
    page = press(page, "import-undo-not-1")
    page = press(press(page, "import-undo-1"), "import-undo-sure-1")
    assert "1 article taken out." in html(page)
    assert "was undone on" in html(page)
    assert "import-undo-1" not in {each.key for each in page.button}


def test_an_import_that_is_labelled_says_why_it_stays(installation, page, project):
    from loop import op

    from workbench.services import annotating

    press(drop(page, ("quay.txt", QUAY)), "import-files")
    with installation.rows() as (session, make):
        told = "SELECT public_id FROM article"
        article = session.connection().exec_driver_sql(told).scalar()
        actor = make.actor(project)
        annotating.apply_ops(
            session,
            actor=actor,
            project=project,
            ops=[op(f"{article}:0-28", labels=("claim",))],
            now=make.now,
        )
    page = page.run()
    assert "cannot be undone: 1 of its sentences is labelled" in html(page)


def test_imports_are_listed_and_found(installation, project):
    installation.bring_in(quay=QUAY)
    installation.bring_in(ferry=b"The ferry came in late.")
    page = installation.open("importing", as_=installation.sign_in(Role.MANAGER, project))
    assert "Import 2" in html(page)
    assert "operator" in html(page)
    page.text_input(key="imports-search").set_value("ferry").run()
    assert "Import 2" in html(page)
    assert "Import 1<" not in html(page)
    page.text_input(key="imports-search").set_value("zebra").run()
    assert "No import has all of these words" in words(page)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("7", "There is no import 7 in"),
        ("0", "There is no import 0 in"),
        ("x", "no number of an import"),
        ("9" * 20, "no number of an import"),
        ("<b>", "no number of an import"),
    ],
)
def test_an_import_that_is_not_there_is_told(installation, project, asked, told):
    who = installation.sign_in(Role.MANAGER, project)
    page = installation.open("importing", as_=who, **{"import": asked})
    assert not page.exception
    assert told in words(page)


def test_a_reviewer_sees_no_report_by_its_address(installation, project):
    installation.bring_in(quay=QUAY)
    who = installation.sign_in(Role.REVIEWER, project)
    page = installation.open("importing", as_=who, **{"import": "1"})
    assert "quay.txt" not in html(page)
    assert "A manager imports" in words(page)


def test_imported_text_stands_in_no_element_that_reads_markdown(page):
    text = b"*Bold* claim\n\nIt is $x$ [here](//e.com), he said.\n<script>alert(1)</script>\n"
    page = drop(page, ("*bold*.txt", text), ("[x](y).txt", text + b"."))
    said = [*page.markdown, *page.title, *page.caption, *page.warning, *page.error, *page.header]
    assert not any("old" in str(each.value) and "*" in str(each.value) for each in said)
    assert not any("Bold" in each.label or "bold" in each.label for each in page.button)
    assert "<script>" not in html(page)


PRODIGY = [
    {"text": f"Boat {n} left.", "accept": [label], "answer": "accept", "_annotator_id": who}
    for n, (label, who) in enumerate([("claim", "ada"), ("FACT", "bea"), ("ODD", "bea")])
]


def lines(records):
    return "\n".join(map(json.dumps, records)).encode()


def files_table(page):
    return page.dataframe[0].value


def test_many_files_are_told_in_a_table_with_what_is_wrong(page):
    page = drop(
        page, ("quay.txt", QUAY), ("bin.txt", b"\x00\x01" * 500), ("a.csv", TABLE), ("a.csv", TABLE)
    )
    assert not page.exception
    found = files_table(page).set_index("File")
    # What wants a look comes first.
    assert list(found.index) == ["bin.txt", "a.csv", "a.csv (4)", "quay.txt"]
    assert found.loc["quay.txt", "Title"] == "Quay reopens after the flood"
    assert (found.loc["quay.txt", "Segments"], found.loc["quay.txt", "Encoding"]) == (6, "utf-8")
    assert "not a text" in found.loc["bin.txt", "To note"]
    assert "line 4" in found.loc["a.csv", "To note"]
    assert found.loc["a.csv (4)", "Articles"] == 2
    assert "4 files, something to note in 3." in words(page)


def test_a_file_of_many_is_counted_in_the_table_and_on_its_page(page):
    rows = [{"text": f"It rained on day {n}."} for n in range(30)] + [{"text": 3}] * 10
    page = drop(page, ("days.jsonl", lines(rows)), ("quay.txt", QUAY))
    found = files_table(page).set_index("File")
    assert (found.loc["days.jsonl", "Articles"], found.loc["days.jsonl", "Refused"]) == (30, 10)
    assert found["Looked at"].to_dict() == {
        "days.jsonl": "all counted, 3 split",
        "quay.txt": "all of it",
    }
    assert "30 articles, 10 refused. The first 20 records can be looked at here." in words(page)
    assert "and 2 more, which the report will name." in words(page)


def test_the_table_follows_what_is_said_about_a_file(page):
    page = drop(page, ("a.txt", POLISH.encode("cp1250")), ("quay.txt", QUAY))
    assert files_table(page).set_index("File")["Language"]["a.txt"] == "Polish"
    page = chosen(page, "Language").set_value("sk").run()
    assert files_table(page).set_index("File")["Language"]["a.txt"] == "Slovak"


def test_hundreds_of_files_are_told_in_bounded_time(page):
    page = drop(page, *((f"{n}.txt", f"It rained on day {n}.".encode()) for n in range(520)))
    assert not page.exception
    assert len(files_table(page)) == 520
    assert files_table(page)["Segments"].count() == 500
    assert "The first 500 files are looked at here" in words(page)


def test_one_file_needs_no_table(page):
    assert not drop(page, ("quay.txt", QUAY)).dataframe


def test_a_labelled_file_says_who_labelled_and_asks_what_its_labels_are(installation, page):
    page = drop(page, ("a.jsonl", lines(PRODIGY)))
    assert not page.exception
    assert "Holds labels by 2 annotators; 3 texts, 3 answers." in words(page)
    assert "2 labels of the file are not known here" in html(page)
    first, second = (each for each in page.selectbox if "of the file" in each.label)
    page = first.set_value("claim").run()
    second = next(each for each in page.selectbox if each.label == second.label)
    page = second.set_value("Leave out").run()
    assert "not known here" not in html(page)
    page = press(page, "import-files")
    assert "3 articles added" in words(page)
    assert "3 answers" in html(page)
    with installation.rows() as (session, _):
        told = "SELECT count(*) FROM annotation_label"
        assert session.connection().exec_driver_sql(told).scalar() == 2


def test_a_label_that_nobody_explained_refuses_its_texts_with_the_reason(page):
    page = press(drop(page, ("a.jsonl", lines(PRODIGY))), "import-files")
    assert "1 article added, 2 records of other files refused." in words(page)
    assert "is not in the label set" in html(page)


def test_a_table_with_some_label_comes_in_as_articles_unless_a_label_is_chosen(page):
    news = {"text": "It rained on Monday.\n\nIt snowed on Tuesday.", "label": "<b>weather</b>"}
    page = drop(page, ("news.jsonl", lines([news])))
    assert "The project knows none of its labels" in html(page)
    assert "<b>weather" not in html(page)
    assert chosen(page, "Encoding")
    (asked,) = (each for each in page.selectbox if "of the file" in each.label)
    page = asked.set_value("claim").run()
    assert "1 text, 1 answer." in words(page)
    assert not [each for each in page.selectbox if each.label == "Encoding"]
