"""Links that ask for something: looked at as often as one likes, used once, by a person's press."""

from datetime import timedelta

import pytest
from gated import GOOD, PAGE

from db.engine import transaction
from db.queries import accounts as queries
from workbench.services import accounts, attempts, names
from workbench.services.attempts import MOST_OF_ADDRESS
from workbench.services.permissions import OPERATOR
from workbench.services.projects import create

BAD = "harbour"


@pytest.fixture
def invite(site):
    """The address of a new invitation into the quay."""
    with transaction(site.engines) as session:
        create(session, actor=OPERATOR, slug="quay", name="The <quay>", now=site.clock.now)

    def make(**given):
        with transaction(site.engines) as session:
            values = {"role": "reviewer", "project_slugs": ["quay"], "now": site.clock.now} | given
            return accounts.invite(session, actor=OPERATOR, **values)

    return make


@pytest.fixture
def reset(site):
    """The secret of a link to a new password for Ada, who has one."""
    site.password("Ada")
    with transaction(site.engines) as session:
        return accounts.reset_link(session, actor=OPERATOR, name="Ada", now=site.clock.now)


def look(client, token):
    return client.get(f"/signin?token={token}", headers=PAGE)


def send(client, token, **fields):
    return client.post("/signin", data={"token": token, **fields}, headers=PAGE)


def account(site, name):
    with transaction(site.engines) as session:
        return queries.by_name_key(session, names.key(name))


def is_in(client):
    return client.get("/", headers=PAGE).status_code == 200


def test_an_invitation_says_what_it_is_and_asks_for_a_name(site, invite):
    client, token = site.client(), invite(name="Bea Lin")
    for _ in range(2):
        page = look(client, token)
    assert page.status_code == 200
    assert "invites you into The &lt;quay&gt;, as a reviewer." in page.text
    assert 'value="Bea Lin"' in page.text
    assert "until 6 March 2026" in page.text


def test_whoever_joins_is_in_at_once(site, invite):
    client = site.client()
    answer = send(client, invite(), name="Bea")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert is_in(client)
    assert account(site, "Bea").password_hash is None


def test_a_password_given_on_joining_signs_in_later(site, invite):
    send(site.client(), invite(), name="Bea", password=GOOD, again=GOOD)
    client = site.client()
    client.post("/signin", data={"name": "Bea", "password": GOOD}, headers=PAGE)
    assert is_in(client)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "Bea", "password": GOOD, "again": BAD}, "differ"),
        ({"name": "Bea", "password": BAD, "again": BAD}, "has 7 characters"),
        ({"name": "Ada"}, "Somebody has this name"),
        ({"name": " "}, "name is empty"),
    ],
)
def test_what_was_wrong_is_said_and_the_link_still_works(site, invite, fields, said):
    client, token = site.client(), invite()
    answer = send(client, token, **fields)
    assert answer.status_code in (400, 409)
    assert said in answer.text
    assert f'value="{fields["name"]}"' in answer.text
    assert not is_in(client)
    assert send(client, token, name="Bea Lin").status_code == 303


def test_somebody_signed_in_joins_as_who_they_are(site, invite):
    client, token = site.client(site.cookie("Ada")), invite()
    assert "Join as Ada" in look(client, token).text
    assert send(client, token, **{"as": "me"}).status_code == 303
    assert is_in(client)
    assert account(site, "Bea") is None


def test_nobody_joins_as_somebody_without_being_signed_in(site, invite):
    answer = send(site.client(), invite(), **{"as": "me"})
    assert answer.status_code == 401


def test_a_link_that_is_used_or_expired_says_so_and_whom_to_ask(site, invite):
    used, expired = invite(), invite()
    send(site.client(), used, name="Bea")
    assert "used before; each works once. Ask whoever runs" in look(site.client(), used).text
    site.clock.turn(timedelta(days=3))
    answer = look(site.client(), expired)
    assert answer.status_code == 400
    assert "worked until 6 March 2026, 12:00 UTC. Ask whoever runs" in answer.text


def test_a_new_password_is_set_and_everybody_else_is_signed_out(site, reset):
    elsewhere, client = site.client(site.cookie("Ada")), site.client()
    assert "Choose a new password" in look(client, reset).text
    assert send(client, reset, password="another lamp seven", again="another lamp seven")
    assert (is_in(client), is_in(elsewhere)) == (True, False)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": GOOD, "again": BAD}, "differ"),
        ({"password": "", "again": ""}, "Give a new password"),
        ({"password": "ada ada ada ada", "again": "ada ada ada ada"}, "holds your name"),
    ],
)
def test_a_password_that_cannot_be_one_leaves_the_old_one_and_the_link(site, reset, fields, said):
    before = account(site, "Ada").password_hash
    answer = send(site.client(), reset, **fields)
    assert (answer.status_code, said in answer.text) == (400, True)
    assert account(site, "Ada").password_hash == before
    assert "Choose a new password" in look(site.client(), reset).text


def test_the_sign_in_page_says_whom_to_ask_and_names_nobody(site):
    page = site.client().get("/signin", headers=PAGE).text
    assert "Forgot your password? Ask a manager" in page
    assert "Ada" not in page


def test_who_asks_for_many_links_that_there_are_not_has_to_wait(site, invite):
    client, real = site.client(), invite()
    for n in range(MOST_OF_ADDRESS):
        assert look(client, f"{n:043}").status_code == 404
    for token in (real, "x" * 43):
        answer = look(client, token)
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 60
    assert send(client, real, name="Bea").status_code == 429
    site.clock.turn(timedelta(minutes=16))
    assert look(client, real).status_code == 200


def test_mistyped_passwords_do_not_shut_the_links_that_help(site, invite):
    client = site.client()
    with transaction(site.engines) as session:
        for n in range(MOST_OF_ADDRESS):
            address, now = "testclient", site.clock.now
            attempts.begin(session, name=f"N{n}", address=address, now=now)
    mistyped = client.post("/signin", data={"name": "N", "password": "x"}, headers=PAGE)
    assert (mistyped.status_code, look(client, invite()).status_code) == (429, 200)


def test_whose_account_was_disabled_is_told_so_by_page_and_program(site):
    client = site.client(site.cookie("Ada"))
    site.disable("Ada")
    for path in ("/api/ops", "/export/demo/1.jsonl"):
        answer = client.get(path)
        assert (answer.status_code, "is disabled" in answer.json()["error"]) == (403, True)
    assert client.get("/articles", headers=PAGE).headers["location"] == "/signin?next=%2Farticles"
    assert "is disabled. Ask whoever runs" in client.get("/signin", headers=PAGE).text


def test_somebody_else_signs_in_where_an_account_was_disabled(site, invite):
    client = site.client(site.cookie("Ada"))
    site.disable("Ada")
    assert send(client, invite(), name="Bea").status_code == 303
    assert is_in(client)
