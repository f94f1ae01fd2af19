"""What was given a copy is given again by one key, and the server is told whose answer it is."""

import json

from tests.e2e.annotator_page import AnnotatorPage

LINE = "The harbour office counted four hundred boats on Monday morning."
ORIGIN = """
    SELECT e.new FROM annotation_event e JOIN account p ON p.id = e.reviewer_id
    WHERE p.name = ? ORDER BY e.id DESC LIMIT 1
"""


def test_the_answer_for_a_copy_names_the_sentence_that_it_repeats(sign_in, installation):
    installation.create("copied", quay=f"{LINE}\n\nIt rained.\n", boats=f"Rain\n\n{LINE}\n")
    first, second = [name for name in installation.queue("copied") if is_line(installation, name)]
    visitor = sign_in(project="copied")
    page = AnnotatorPage(visitor, installation)
    visitor.page.goto(f"{installation.url}/?sentence={first}")
    page.shows(first)
    page.press("1")
    page.has_sent_all()
    visitor.page.goto(f"{installation.url}/?sentence={second}")
    page.shows(second)
    page.press("v")
    page.has_sent_all()

    (row,) = installation.rows(ORIGIN, visitor.name)
    told = json.loads(row["new"])
    assert (told["labels"], told["copied_from"]) == (["claim"], first)


def is_line(installation, sentence: str) -> bool:
    article, _, span = sentence.partition(":")
    start, end = map(int, span.split("-"))
    (row,) = installation.rows("SELECT text FROM article WHERE public_id = ?", article)
    return row["text"][start:end] == LINE
