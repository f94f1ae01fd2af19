import pytest
from screens import told, words

from db.engine import database_now, reading, transaction
from db.models import Account
from workbench.oidc.identity import Identity
from workbench.services import accounts, attempts, identities, passwords, sessions
from workbench.services.permissions import Role
from workbench.settings import settings

ISSUER = "https://id.example"
OLD, NEW = "harbour lamp seven", "river ledger nine"


@pytest.fixture
def ada(installation):
    return installation.sign_in(Role.REVIEWER, installation.project())


def click(page, label):
    (button,) = [each for each in page.button if each.label == label]
    return button.click().run()


def actor(installation, identity):
    with reading(installation.engines) as session:
        return accounts.signed_in(session, identity=identity, now=database_now(session))


def own_sessions(installation, identity):
    who = actor(installation, identity)
    with reading(installation.engines) as session:
        return accounts.sessions(session, actor=who, now=database_now(session))


def set_password(installation, identity, password):
    who = actor(installation, identity)
    hashed = passwords.hashed(password, name=who.name)
    with transaction(installation.engines) as session:
        accounts.set_password(session, actor=who, new=hashed, now=database_now(session))


def stored_hash(installation, identity):
    who = actor(installation, identity)
    with reading(installation.engines) as session:
        return session.get(Account, who.account_id).password_hash


def is_password(installation, identity, password):
    attempt = passwords.Attempt(0, 1, stored_hash(installation, identity))
    return passwords.prove(attempt, password).is_right


def sign_in_elsewhere(installation, identity):
    who = actor(installation, identity)
    with transaction(installation.engines) as session:
        sessions.start(
            session,
            account=session.get(Account, who.account_id),
            how="link",
            now=database_now(session),
            browser="Firefox on Windows",
            address="",
        )


def test_everybody_has_an_account_page_with_a_way_out(installation, ada):
    page = installation.open("account", as_=ada)
    assert not page.exception
    assert actor(installation, ada).name in words(page)
    assert any('action="/signout"' in str(each.proto.body) for each in page.get("html"))


def test_the_first_password_is_set_without_an_old_one(installation, ada):
    page = installation.open("account", as_=ada)
    assert [each.label for each in page.text_input] == ["New password"]
    page.text_input[0].set_value(NEW)
    page = click(page, "Set a password")
    assert not page.exception
    assert "The password is set" in told(page)
    assert is_password(installation, ada, NEW)


def test_a_password_is_changed_with_the_old_one(installation, ada):
    set_password(installation, ada, OLD)
    page = installation.open("account", as_=ada)
    page.text_input[0].set_value(OLD)
    page.text_input[1].set_value(NEW)
    click(page, "Change the password")
    assert is_password(installation, ada, NEW)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("wrong lamp seven", NEW, "old password is not right"), (OLD, "short", "5 characters")],
)
def test_what_is_wrong_is_told_and_nothing_is_changed(installation, ada, old, new, told):
    set_password(installation, ada, OLD)
    page = installation.open("account", as_=ada)
    page.text_input[0].set_value(old)
    page.text_input[1].set_value(new)
    page = click(page, "Change the password")
    assert told in words(page)
    assert is_password(installation, ada, OLD)


def test_guessing_the_old_password_is_slowed_down(installation, ada):
    set_password(installation, ada, OLD)
    page = installation.open("account", as_=ada)
    for _ in range(attempts.MOST + 1):  # on a slow machine the first waits are over by the next try
        page.text_input[0].set_value("wrong lamp seven")
        page.text_input[1].set_value(NEW)
        page = click(page, "Change the password")
        if "Too many tries" in words(page):
            return
    pytest.fail("nobody was slowed down")


def test_other_sessions_are_listed_and_ended(installation, ada):
    sign_in_elsewhere(installation, ada)
    page = installation.open("account", as_=ada)
    assert "Firefox on Windows, last seen" in words(page)
    page = click(page, "End")
    assert not page.exception
    assert [each.is_current for each in own_sessions(installation, ada)] == [True]
    assert "Firefox on Windows" not in words(page)


def test_all_other_sessions_are_ended_at_once(installation, ada):
    for _ in range(3):
        sign_in_elsewhere(installation, ada)
    click(installation.open("account", as_=ada), "End all others")
    assert [each.is_current for each in own_sessions(installation, ada)] == [True]


def test_a_session_that_ended_meanwhile_is_told(installation, ada):
    sign_in_elsewhere(installation, ada)
    page = installation.open("account", as_=ada)
    who = actor(installation, ada)
    with transaction(installation.engines) as session:
        accounts.end_other_sessions(session, actor=who, now=database_now(session))
    assert "has ended" in words(click(page, "End"))


@pytest.fixture
def provider(installation, monkeypatch):
    """Where one may sign in by a provider; it is not asked by the page."""
    monkeypatch.setenv("WORKBENCH_OIDC_ISSUER", ISSUER)
    monkeypatch.setenv("WORKBENCH_OIDC_CLIENT_ID", "workbench")
    monkeypatch.setenv("WORKBENCH_OIDC_NAME", "Harbour")
    settings.cache_clear()


def bind(installation, identity, issuer=ISSUER):
    who = actor(installation, identity)
    known = Identity(issuer=issuer, subject="5f1c", name="", domains=frozenset())
    with transaction(installation.engines) as session:
        identities.bind(session, actor=who, identity=known, now=database_now(session))


def test_without_a_provider_nothing_is_said_of_one(installation, ada):
    page = installation.open("account", as_=ada)
    assert "provider" not in words(page)
    assert "/signin/oidc" not in told(page)


def test_a_provider_is_bound_by_a_link_that_only_this_page_knows(installation, ada, provider):
    page = installation.open("account", as_=ada)
    assert not page.exception
    assert "come in by Harbour too" in words(page)
    with reading(installation.engines) as session:
        key = identities.binding_key(session, actor=actor(installation, ada))
    assert f'href="/signin/oidc?bind={key}"' in told(page)


def test_the_last_way_in_is_not_unbound(installation, ada, provider):
    bind(installation, ada)
    page = installation.open("account", as_=ada)
    assert "Harbour, bound on" in words(page)
    assert "only way in" in words(page)
    assert "/signin/oidc" not in told(page)
    (button,) = [each for each in page.button if each.label == "Unbind"]
    assert button.disabled


def test_with_a_password_an_identity_is_unbound(installation, ada, provider):
    bind(installation, ada)
    set_password(installation, ada, OLD)
    page = click(installation.open("account", as_=ada), "Unbind")
    assert not page.exception
    assert "come in by Harbour too" in words(page)


def test_what_is_bound_at_a_provider_that_is_gone_is_told(installation, ada):
    bind(installation, ada, issuer="https://gone.example")
    page = installation.open("account", as_=ada)
    assert "https://gone.example, bound on" in words(page)
    assert "no longer set up" in words(page)
    assert "bound on" not in words(click(page, "Unbind"))


def test_where_a_proxy_signs_people_in_there_is_no_password(installation, ada, monkeypatch):
    monkeypatch.setenv("WORKBENCH_AUTH", "proxy")
    settings.cache_clear()
    page = installation.open("account", as_=ada)
    assert not page.exception
    assert list(page.text_input) == []
    assert "The proxy in front" in words(page)
