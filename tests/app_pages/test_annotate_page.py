import pytest
from screens import QUAY, component_data, words

from workbench.services import articles
from workbench.services.permissions import OPERATOR, Role


@pytest.fixture
def project(installation):
    return installation.project()


def test_an_empty_installation_leads_to_the_articles(installation):
    page = installation.open("annotate", as_=installation.sign_in(Role.ADMIN))
    assert not page.exception
    assert "Nothing to label yet" in words(page)
    assert "Ask a manager" not in words(page)
    assert [button.proto.label for button in page.get("link_button")] == ["Bring articles in"]


@pytest.mark.parametrize("role", Role)
def test_an_empty_queue_says_what_to_do(installation, project, role):
    page = installation.open("annotate", as_=installation.sign_in(role, project))
    assert not page.exception
    assert "Nothing to label yet" in words(page)
    assert not page.get("bidi_component")


@pytest.mark.parametrize("role", Role)
def test_the_annotator_gets_the_queue(installation, project, role):
    (article,) = installation.bring_in(quay=QUAY)
    who = installation.sign_in(role, project)
    data = component_data(installation.open("annotate", as_=who))
    assert data["reviewer"] == who.partition(":")[0]
    assert {item["article"] for item in data["window"]} == {article}
    assert data["progress"]["left"] == len(data["window"]) == 5
    assert data["articles"][article]["title"] == "Quay reopens after the flood"


def test_a_sentence_in_the_address_comes_first(installation, project):
    (article,) = installation.bring_in(quay=QUAY)
    with installation.rows() as (session, _):
        view = articles.whole(session, actor=OPERATOR, slug="demo", article=article)
    wanted = view.segments[-1]["id"]
    who = installation.sign_in(Role.REVIEWER, project)
    data = component_data(installation.open("annotate", as_=who, sentence=wanted))
    assert data["window"][0]["id"] == wanted


@pytest.mark.parametrize("sentence", ["nonsense", "ffffffffffffffff:0-5", "<script>"])
def test_a_sentence_that_is_none_changes_nothing(installation, project, sentence):
    installation.bring_in(quay=QUAY)
    who = installation.sign_in(Role.REVIEWER, project)
    page = installation.open("annotate", as_=who, sentence=sentence)
    assert not page.exception
    assert len(component_data(page)["window"]) == 5
