"""The labels change while a reviewer works: nothing is lost, and everything says what it was."""

from playwright.sync_api import expect

from db.engine import database_now, transaction
from tests.e2e.annotator_page import AnnotatorPage
from workbench.services import label_edits
from workbench.services.label_saving import save
from workbench.services.permissions import OPERATOR

VERSIONS = """
    SELECT s.version FROM annotation n JOIN label_set s ON s.id = n.label_set_id
    JOIN account p ON p.id = n.reviewer_id WHERE p.name = ? ORDER BY n.id
"""


def retire(installation, slug, key, base):
    with transaction(installation.engines) as session:
        given = {"actor": OPERATOR, "slug": slug, "note": "Rare", "now": database_now(session)}
        save(session, change=label_edits.retire(key), base_version=base, **given)


def test_an_open_page_goes_on_with_its_labels_and_is_told_of_the_new_ones(sign_in, installation):
    slug = installation.create_another("changing")
    text = "".join(f"Sentence number {n} came to the quay.\n" for n in range(60))
    installation.bring(slug, {"quay.txt": text})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.press("4")
    annotator.has_sent_all()
    retire(installation, slug, "dispute", base=1)
    annotator.press(*"44444444444444444444444444444444444444")
    annotator.has_sent_all()

    card = annotator.root.get_by_role("heading", name="The labels have changed")
    expect(card).to_be_visible()
    versions = [row["version"] for row in installation.rows(VERSIONS, annotator.visitor.name)]
    assert versions == [1] * 39

    annotator.page.get_by_role("button", name="Load again").click()
    annotator.ready()
    expect(annotator.root.get_by_role("button", name="Dispute")).to_have_count(0)
    annotator.press("1")
    annotator.has_sent_all()
    versions = [row["version"] for row in installation.rows(VERSIONS, annotator.visitor.name)]
    assert versions == [1] * 39 + [2]


def test_a_label_to_look_at_again_is_saved_as_it_is_and_leaves_the_list(sign_in, installation):
    slug = installation.create_another("again")
    installation.bring(slug, {"quay.txt": "The quay was shut.\nIt opened again.\n"})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.press("4")
    annotator.has_sent_all()
    retire(installation, slug, "dispute", base=1)

    page = annotator.visitor.open("/own-labels")
    expect(page.get_by_role("tab", name="To look at again (1)")).to_be_visible()
    expect(page.get_by_text("Dispute was retired.")).to_be_visible()
    address = page.get_by_role("link", name="Look at it again").get_attribute("href")
    annotator.visitor.open(address)
    annotator.ready()
    annotator.press("Enter")
    annotator.has_sent_all()
    versions = [row["version"] for row in installation.rows(VERSIONS, annotator.visitor.name)]
    assert versions == [2]


def test_labels_to_look_at_again_come_one_after_the_other(sign_in, installation):
    slug = installation.create_another("line")
    text = "".join(f"Sentence number {n} came to the quay.\n" for n in range(6))
    installation.bring(slug, {"quay.txt": text})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.press(*"41414")
    annotator.has_sent_all()
    retire(installation, slug, "dispute", base=1)

    page = annotator.visitor.open("/own-labels")
    link = page.get_by_role("link", name="Look at them one after the other")
    annotator.visitor.open(link.get_attribute("href"))
    annotator.ready()
    sentences = installation.queue(slug)
    for place in (0, 2, 4):
        annotator.shows(sentences[place])
        annotator.press("Enter")
    annotator.shows(sentences[5])
    annotator.has_sent_all()
    page = annotator.visitor.open("/own-labels")
    expect(page.get_by_text("5 decisions, the newest first.")).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(0)
