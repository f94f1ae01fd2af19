"""What an article says of itself is stored beside it, with what was found before a correction."""

import pytest
from conftest import NOON
from sqlmodel import col, select

from db.models import Article, AuditEvent, Sentence
from workbench.services import importing, preparing
from workbench.services.choices import Choices
from workbench.services.permissions import OPERATOR
from workbench.services.preparing import GARBLED, Source

SCRAPED = """date 2022-04-20

Quay reopens after the flood

By Ada Lin

The harbour is open again, five weeks after the water came. Two berths stay shut.

The port office said on Monday that "the quay is dry. Nothing is lost. We begin today." It did \
not say when the ferries would sail.
"""
FRENCH = (
    "Le quai a rouvert lundi après cinq semaines de travaux, a annoncé la capitainerie. "
    "Les deux bacs reprendront leur service dès que le ponton aura été réparé."
)


@pytest.fixture
def project(make):
    return make.project()


@pytest.fixture
def put(session, project):
    """Store the articles of one file; their rows in order."""

    def run(name, data, **choices):
        batch = importing.begin_batch(session, project=project)
        given = {"actor": OPERATOR, "project": project, "batch": batch, "now": NOON}
        source = Source(name, lambda: data, Choices(**choices))
        for prepared in preparing.articles(source):
            importing.store(session, prepared=prepared, **given)
        rows = select(Article).where(col(Article.project_id) == project.id)
        return session.exec(rows.order_by(col(Article.id))).all()

    return run


def test_what_was_found_is_stored_and_kept_beside_it(put):
    (article,) = put("quay.txt", SCRAPED.encode())
    assert (article.title, article.author) == ("Quay reopens after the flood", "Ada Lin")
    assert (article.published, article.scraped) == (None, "2022-04-20")
    assert article.found == {
        name: value
        for name in (
            *("title", "standfirst", "author", "outlet", "agency", "language", "url"),
            *("published", "updated", "scraped"),
        )
        if (value := getattr(article, name))
    }


def test_a_correction_is_stored_and_what_was_found_stays(put):
    details = {"title": "The quay, again", "author": None, "published": "2022-04-19"}
    (article,) = put("quay.txt", SCRAPED.encode(), details=details, language="de")
    assert (article.title, article.author) == ("The quay, again", None)
    assert (article.published, article.language) == ("2022-04-19", "de")
    assert article.found["title"] == "Quay reopens after the flood"
    assert article.found["author"] == "Ada Lin"
    assert article.found["language"] == "en"
    assert "published" not in article.found


def test_corrections_of_a_file_of_many_articles_go_for_none_of_them(put):
    rows = put("a.csv", b"text,title\nIt rained.,One\nIt snowed.,Two\n", details={"title": "X"})
    assert [article.title for article in rows] == ["One", "Two"]


@pytest.mark.parametrize(
    ("name", "data", "choices", "language"),
    [
        ("a.txt", FRENCH.encode(), {}, "fr"),
        ("a.csv", f'text,lang\n"{FRENCH}",oc\n'.encode(), {}, "oc"),
        ("a.csv", f'text,lang\n"{FRENCH}",oc\n'.encode(), {"language": "ca"}, "ca"),
        ("a.txt", b"OK.", {}, "en"),
    ],
    ids=["detected", "its own", "chosen", "too short to tell"],
)
def test_a_language_is_chosen_or_the_articles_own_or_detected(put, name, data, choices, language):
    (article,) = put(name, data, **choices)
    assert article.language == language


def test_the_sentences_of_one_quotation_share_a_number(session, put):
    (article,) = put("quay.txt", SCRAPED.encode())
    rows = session.exec(select(Sentence).where(col(Sentence.article_id) == article.id)).all()
    texts = {article.text[row.start : row.end]: row.quote_group for row in rows}
    groups = {text: group for text, group in texts.items() if group is not None}
    assert len(groups) >= 3
    assert set(groups.values()) == {0}
    assert "Nothing is lost." in groups


def test_mojibake_is_named_and_repaired_only_when_asked_for(put):
    garbled = f"{FRENCH} Ça va.".encode().decode("cp1252").encode()
    (article,) = put("a.txt", garbled)
    assert article.problems == GARBLED
    assert "Ã§" in article.text or "Ã\u2021" in article.text or "Ã©" in article.text


def test_repaired_text_is_the_articles_and_its_bytes_stay(session, put):
    garbled = f"{FRENCH}\nÉtienne Roy".encode().decode("cp1252").encode()
    (article,) = put("a.txt", garbled, repairs_mojibake=True)
    assert article.text == f"{FRENCH}\nÉtienne Roy"
    assert article.problems == "mojibake repaired, lines: 2"
    assert preparing.prepare("a.txt", garbled).sha256 == article.sha256
    rows = session.exec(select(Sentence).where(col(Sentence.article_id) == article.id)).all()
    assert all(0 <= row.start < row.end <= len(article.text) for row in rows)


def test_the_audit_row_of_an_article_names_its_import(session, put):
    (article,) = put("quay.txt", SCRAPED.encode())
    (event,) = session.exec(
        select(AuditEvent).where(col(AuditEvent.object_id) == article.public_id)
    ).all()
    assert event.details["batch"] == article.import_batch
