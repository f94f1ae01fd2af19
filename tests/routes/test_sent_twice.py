"""Somebody presses the button of a one-time link again before the first answer is there."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from gated import PAGE

from db.engine import reading, transaction
from workbench.errors import NotFoundError
from workbench.routes import sent_twice
from workbench.routes.sent_twice import SentForms
from workbench.services import accounts
from workbench.services.permissions import OPERATOR

HIDDEN = re.compile('name="page" value="([^"]+)"')


@pytest.fixture
def token(site):
    """The secret of an invitation."""
    with transaction(site.engines) as session:
        return accounts.invite(session, actor=OPERATOR, role="reviewer", now=site.clock.now)


def drawn(client, token):
    """The form of a link, filled in."""
    page = client.get(f"/signin?token={token}", headers=PAGE)
    return {"token": token, "page": HIDDEN.search(page.text)[1], "name": "Bea Lin"}


def send(client, form):
    return client.post("/signin", data=form, headers=PAGE)


def is_in(client):
    return client.get("/", headers=PAGE).status_code == 200


def n_people(site):
    with reading(site.engines) as session:
        return len(accounts.people(session, actor=OPERATOR))


def test_the_second_press_lets_in_whoever_pressed_and_makes_nobody_else(site, token):
    n_before = n_people(site)
    client = site.client()
    form = drawn(client, token)
    send(client, form)
    client.cookies.clear()  # the browser has let go of the first answer

    assert send(client, form).status_code == 303
    assert is_in(client)
    assert n_people(site) == n_before + 1


def test_two_presses_at_once_have_one_answer(site, token):
    with site.client() as client:
        form = drawn(client, token)
        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(lambda _: send(client, form), range(2)))

    assert [each.status_code for each in answers] == [303, 303]
    assert len({each.headers["set-cookie"] for each in answers}) == 1


def test_a_form_that_was_drawn_for_somebody_else_is_refused(site, token):
    send(site.client(), drawn(site.client(), token) | {"page": "another"})
    client = site.client()
    assert send(client, {"token": token, "name": "Eve"}).status_code == 400
    assert send(client, {"token": token, "name": "Eve", "page": "guessed"}).status_code == 400
    assert not is_in(client)


def test_after_a_while_the_link_is_used_up_for_everybody(site, token, monkeypatch):
    client = site.client()
    form = drawn(client, token)
    send(client, form)
    monkeypatch.setattr(sent_twice, "KEPT", -1.0)

    assert send(site.client(), form).status_code == 400


def test_what_was_refused_can_be_sent_again(site, token):
    client = site.client()
    form = drawn(client, token)
    assert send(client, form | {"name": ""}).status_code == 400
    assert send(client, form).status_code == 303


def test_of_what_was_refused_nothing_is_kept():
    """Whoever tries out links by the thousand fills no memory."""
    forms = SentForms()

    async def refused(number):
        with pytest.raises(NotFoundError):
            async with forms.turn({"token": f"guess {number}", "page": "any"}):
                raise NotFoundError("There is no such link.")

    for number in range(3):
        asyncio.run(refused(number))
    assert len(forms) == 0
