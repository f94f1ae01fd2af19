from datetime import timedelta

import pytest
from conftest import NOON
from sqlmodel import select

from db.models import AuditEvent, Invite
from workbench.errors import InputError, NotFoundError
from workbench.services import links, sessions
from workbench.services.permissions import OPERATOR

HOUR = timedelta(hours=1)


def link(session, name, now=NOON):
    return links.link(session, actor=OPERATOR, name=name, now=now)


def test_the_first_link_is_the_owners(session):
    token = links.first_link(session, now=NOON)
    state = links.open_link(session, token=token, now=NOON)
    assert (state.is_owner_link, state.account_name) == (True, None)


def test_only_the_hash_of_a_link_is_stored(session):
    token = links.first_link(session, now=NOON)
    assert len(token) == 43
    stored = session.exec(select(Invite)).one()
    assert stored.token_hash == sessions.hash_of(token)
    assert token not in str(stored.model_dump())
    assert all(token not in str(row.model_dump()) for row in session.exec(select(AuditEvent)))


def test_the_first_link_lives_an_hour(session):
    token = links.first_link(session, now=NOON)
    links.open_link(session, token=token, now=NOON + HOUR - timedelta(seconds=1))
    with pytest.raises(InputError, match="expired"):
        links.open_link(session, token=token, now=NOON + HOUR)


def test_a_newer_first_link_voids_the_earlier(session):
    old = links.first_link(session, now=NOON)
    new = links.first_link(session, now=NOON)
    with pytest.raises(InputError, match="newer"):
        links.open_link(session, token=old, now=NOON)
    assert links.open_link(session, token=new, now=NOON).is_owner_link


def test_there_is_no_first_link_once_somebody_is_here(session, make):
    token = links.first_link(session, now=NOON)
    make.account()
    with pytest.raises(InputError, match="has an owner"):
        links.first_link(session, now=NOON)
    with pytest.raises(InputError, match="used"):
        links.open_link(session, token=token, now=NOON)


def test_a_link_names_its_account_and_lives_three_days(session, make):
    make.account("Ada")
    token = link(session, "ADA")
    state = links.open_link(session, token=token, now=NOON + 71 * HOUR)
    assert (state.is_owner_link, state.account_name) == (False, "Ada")
    with pytest.raises(InputError, match="expired"):
        links.open_link(session, token=token, now=NOON + 72 * HOUR)


def test_a_newer_link_voids_the_accounts_earlier_and_nobody_elses(session, make):
    make.account("Ada"), make.account("Bob")
    old, other, new = link(session, "Ada"), link(session, "Bob"), link(session, "Ada")
    with pytest.raises(InputError, match="newer"):
        links.open_link(session, token=old, now=NOON)
    for token in (other, new):
        links.open_link(session, token=token, now=NOON)


def test_a_link_is_used_once(session, make):
    make.account("Ada")
    invite, _ = links.opened(session, token=link(session, "Ada"), now=NOON)
    links.use(session, invite, now=NOON)
    with pytest.raises(InputError, match="used"):
        links.use(session, invite, now=NOON)


def test_no_link_for_a_name_that_nobody_has(session):
    with pytest.raises(NotFoundError):
        link(session, "Nobody")


def test_no_link_for_a_disabled_account_and_none_that_still_works(session, make):
    ada = make.account("Ada")
    token = link(session, "Ada")
    ada.disabled_at = NOON
    session.flush()
    for ask in (
        lambda: link(session, "Ada"),
        lambda: links.open_link(session, token=token, now=NOON),
    ):
        with pytest.raises(InputError, match="disabled"):
            ask()


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "\ud800", "\x00"])
def test_a_link_that_was_never_made_is_not_found(session, token):
    with pytest.raises(NotFoundError, match="not known"):
        links.open_link(session, token=token, now=NOON)
