import pytest
from screens import words

from workbench.services.permissions import Role


@pytest.mark.parametrize("role", Role)
def test_everybody_in_the_project_reads_the_guideline(installation, role):
    project = installation.project()
    page = installation.open("guideline", as_=installation.sign_in(role, project))
    assert not page.exception
    assert "# Guideline" in words(page)
    assert "Guideline version 1" in words(page)


def test_somebody_in_no_project_is_told_so(installation):
    installation.project()
    page = installation.open("guideline", as_=installation.sign_in(None))
    assert not page.exception
    assert "You are in no project yet" in words(page)


def test_an_empty_installation_says_what_comes_first(installation):
    page = installation.open("guideline", as_=installation.sign_in(Role.ADMIN))
    assert not page.exception
    assert "import an article" in words(page)
