import threading

import pytest
from conftest import NOON
from factories import Make
from sqlmodel import select

from db.engine import transaction
from db.models import Account, AccountIdentity, AuditEvent
from workbench.errors import InputError, NotFoundError, SignedOutError, TakenError
from workbench.oidc.identity import Identity
from workbench.services import accounts, identities, own_sessions, sessions
from workbench.services.permissions import OPERATOR

ISSUER = "https://id.example"


def who(subject="5f1c", issuer=ISSUER):
    return Identity(issuer=issuer, subject=subject, name="Ada", domains=frozenset())


def bind(session, actor, identity=None):
    identities.bind(session, actor=actor, identity=identity or who(), now=NOON)


def bound(session, actor, issuer=ISSUER):
    return identities.bound(session, actor=actor, issuer=issuer)


def unbind(session, actor, identity_id, issuer=ISSUER):
    identities.unbind(session, actor=actor, identity_id=identity_id, issuer=issuer, now=NOON)


def give_password(session, actor):
    session.get_one(Account, actor.account_id).password_hash = "hash"
    session.flush()


def sign_in(session, actor):
    account = session.get_one(Account, actor.account_id)
    return sessions.start(
        session, account=account, how="link", now=NOON, browser="", address=""
    ).account


def test_a_bound_identity_is_listed_and_leaves_a_row(session, make):
    actor = make.actor()
    bind(session, actor)
    (found,) = bound(session, actor)
    assert (found.issuer, found.created_at) == (ISSUER, NOON)
    event = session.exec(select(AuditEvent).where(AuditEvent.act == "bind_identity")).one()
    assert event.details == {"issuer": ISSUER}
    assert "5f1c" not in str(event.model_dump())


def test_binding_the_same_again_changes_nothing(session, make):
    actor = make.actor()
    bind(session, actor)
    bind(session, actor)
    assert len(bound(session, actor)) == 1


def test_an_identity_belongs_to_one_account(session, make):
    bind(session, make.actor())
    with pytest.raises(TakenError, match="another account"):
        bind(session, make.actor())


def test_an_account_has_one_identity_of_a_provider(session, make):
    actor = make.actor()
    bind(session, actor)
    with pytest.raises(TakenError, match="Unbind that one first"):
        bind(session, actor, who("other"))
    bind(session, actor, who(issuer="https://other.example"))


def test_the_same_subject_of_another_issuer_is_somebody_else(session, make):
    bind(session, make.actor())
    bind(session, make.actor(), who(issuer="https://other.example"))


def test_nobody_loses_their_last_way_in(session, make):
    actor = make.actor()
    bind(session, actor)
    (found,) = bound(session, actor)
    assert not found.may_be_unbound
    with pytest.raises(InputError, match="Set a password first"):
        unbind(session, actor, found.id)
    give_password(session, actor)
    unbind(session, actor, found.id)
    assert bound(session, actor) == []
    bind(session, make.actor())  # and it is free for another account


def test_what_is_bound_at_a_provider_that_is_gone_is_no_way_in(session, make):
    actor = make.actor()
    bind(session, actor, who(issuer="https://gone.example"))
    (found,) = bound(session, actor)
    assert found.may_be_unbound
    unbind(session, actor, found.id)


def test_unbinding_ends_the_other_sessions(session, make):
    actor = sign_in(session, make.actor())
    sign_in(session, actor)
    give_password(session, actor)
    bind(session, actor)
    unbind(session, actor, bound(session, actor)[0].id)
    (left,) = own_sessions.sessions(session, actor=actor, now=NOON)
    assert left.id == actor.session_id


def test_nobody_unbinds_what_is_somebody_elses(session, make):
    ada, eve = make.actor(), make.actor()
    bind(session, ada)
    give_password(session, eve)
    with pytest.raises(NotFoundError):
        unbind(session, eve, bound(session, ada)[0].id)
    assert len(bound(session, ada)) == 1


def test_a_disabled_account_and_the_operator_bind_nothing(session, make):
    actor = make.actor()
    session.get_one(Account, actor.account_id).disabled_at = NOON
    session.flush()
    for nobody in (actor, OPERATOR):
        with pytest.raises(SignedOutError):
            bind(session, nobody)
        with pytest.raises(SignedOutError):
            bound(session, nobody)


def test_the_key_to_binding_is_that_of_a_session(session, make):
    account = make.actor()
    one, other = sign_in(session, account), sign_in(session, account)
    key = identities.binding_key(session, actor=one)
    identities.check_binding_key(session, actor=one, key=key)
    for actor, given in ((other, key), (one, ""), (one, "\ud800"), (one, key[:-1])):
        with pytest.raises(InputError, match="Account page"):
            identities.check_binding_key(session, actor=actor, key=given)
    with pytest.raises(SignedOutError):
        identities.binding_key(session, actor=account)


def test_of_two_who_bind_one_identity_at_once_one_is_told(own_engines):
    with transaction(own_engines) as session:
        actors = [Make(session, NOON).actor() for _ in range(4)]
    told, ready = [], threading.Barrier(len(actors))

    def try_to_bind(actor):
        ready.wait()
        try:
            with transaction(own_engines) as session:
                bind(session, actor)
            told.append("bound")
        except TakenError:
            told.append("taken")

    threads = [threading.Thread(target=try_to_bind, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["bound", "taken", "taken", "taken"]
    with transaction(own_engines) as session:
        assert len(session.exec(select(AccountIdentity)).all()) == 1


def test_an_account_that_is_disabled_keeps_its_identity(session, make):
    actor = make.actor()
    bind(session, actor)
    accounts.disable(session, actor=OPERATOR, name=actor.name, now=NOON)
    accounts.enable(session, actor=OPERATOR, name=actor.name, now=NOON)
    assert len(bound(session, actor)) == 1
