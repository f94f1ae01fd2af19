import threading

import pytest
from conftest import NOON
from sqlmodel import select

from db.engine import transaction
from db.models import Account, AuditEvent, Membership, SignInFailure
from workbench.errors import InputError, NotFoundError, SignedOutError, WorkbenchError
from workbench.services import accounts, attempts, links, passwords, sessions, signing_in
from workbench.services.passwords import Hashed
from workbench.services.permissions import OPERATOR

FROM = {"browser": "Firefox on Linux", "address": "10.0.0.1"}
GOOD, OTHER = "harbour lamp seven", "river ledger nine"
HASHED = passwords.hashed(GOOD, name="Ada").value
NEW = passwords.hashed(OTHER, name="Ada")


def become_owner(session, *, name="Ada", token=None):
    token = token or links.first_link(session, now=NOON)
    return signing_in.become_owner(session, token=token, name=name, now=NOON, **FROM)


def prove(session, password, *, name="Ada"):
    attempt = attempts.begin(session, name=name, address="10.0.0.1", now=NOON)
    return passwords.prove(attempt, password)


def by_password(session, proof):
    return signing_in.sign_in_by_password(session, proof=proof, now=NOON, **FROM)


def test_the_first_visitor_becomes_admin_and_manages_every_project(session, make):
    projects = [make.project(), make.project()]
    owner = become_owner(session).account
    assert (owner.name, owner.is_admin) == ("Ada", True)
    roles = session.exec(select(Membership.project_id, Membership.role)).all()
    assert sorted(roles) == [(each.id, "manager") for each in projects]


def test_the_owner_is_signed_in(session):
    owner = become_owner(session)
    assert sessions.lookup(session, cookie=owner.cookie, now=NOON) is not None


def test_the_owners_link_works_once(session):
    token = links.first_link(session, now=NOON)
    become_owner(session, token=token)
    with pytest.raises(InputError, match="used"):
        become_owner(session, token=token, name="Bob")


def test_a_name_that_cannot_be_one_leaves_the_owners_link_unused(session):
    token = links.first_link(session, now=NOON)
    with pytest.raises(InputError):
        become_owner(session, token=token, name=" ")
    become_owner(session, token=token)


def test_a_link_of_an_account_makes_no_owner(session, make):
    make.account("Ada")
    token = links.link(session, actor=OPERATOR, name="Ada", now=NOON)
    with pytest.raises(InputError):
        become_owner(session, token=token, name="Bob")


def test_two_who_come_at_once_make_one_owner(own_engines):
    with transaction(own_engines) as session:
        token = links.first_link(session, now=NOON)
    came = []

    def come(name):
        try:
            with transaction(own_engines) as session:
                become_owner(session, name=name, token=token)
        except WorkbenchError:
            return
        came.append(name)

    threads = [threading.Thread(target=come, args=(f"Person {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction(own_engines) as session:
        assert session.exec(select(Account.name)).all() == came
    assert len(came) == 1


def test_a_link_signs_its_account_in_once(session, make):
    ada = make.account("Ada")
    token = links.link(session, actor=OPERATOR, name="Ada", now=NOON)
    signed_in = signing_in.sign_in_by_link(session, token=token, now=NOON, **FROM)
    assert signed_in.account.account_id == ada.id
    with pytest.raises(InputError, match="used"):
        signing_in.sign_in_by_link(session, token=token, now=NOON, **FROM)


def test_the_owners_link_signs_nobody_in_without_a_name(session):
    token = links.first_link(session, now=NOON)
    with pytest.raises(InputError):
        signing_in.sign_in_by_link(session, token=token, now=NOON, **FROM)


def test_the_right_password_signs_in_and_is_no_failure(session, make):
    ada = make.account("Ada", password_hash=HASHED)
    assert by_password(session, prove(session, GOOD)).account.account_id == ada.id
    assert session.exec(select(SignInFailure)).all() == []


def test_a_wrong_password_does_not_and_stays_counted(session, make):
    make.account("Ada", password_hash=HASHED)
    with pytest.raises(SignedOutError):
        by_password(session, prove(session, OTHER))
    assert len(session.exec(select(SignInFailure)).all()) == 1


def test_unknown_name_and_wrong_password_are_told_the_same(session, make):
    make.account("Ada", password_hash=HASHED), make.account("Bob")
    told = set()
    for name in ("Ada", "Bob", "Nobody"):
        with pytest.raises(SignedOutError) as refused:
            by_password(session, prove(session, OTHER, name=name))
        told.add(str(refused.value))
    assert len(told) == 1


@pytest.mark.parametrize("change", [{"disabled_at": NOON}, {"password_hash": NEW.value}])
def test_what_changed_while_the_hash_was_made_counts(session, make, change):
    ada = make.account("Ada", password_hash=HASHED)
    proof = prove(session, GOOD)
    ada.sqlmodel_update(change)
    session.flush()
    with pytest.raises(SignedOutError):
        by_password(session, proof)


def test_a_hash_made_with_older_settings_is_replaced_at_sign_in(session, make):
    ada = make.account("Ada", password_hash=HASHED)
    proof = prove(session, GOOD)
    by_password(session, passwords.Proof(proof.attempt, is_right=True, rehashed="$new"))
    session.refresh(ada)
    assert ada.password_hash == "$new"


def test_every_sign_in_leaves_a_row_without_secrets(session):
    token = links.first_link(session, now=NOON)
    signed_in = become_owner(session, token=token)
    rows = [row.model_dump() for row in session.exec(select(AuditEvent).order_by(AuditEvent.id))]
    assert [row["act"] for row in rows] == ["make_link", "sign_in", "become_owner"]
    assert rows[1]["address"] == "10.0.0.1"
    assert token not in str(rows)
    assert signed_in.cookie not in str(rows)


def test_a_first_password_needs_no_old_one(session):
    owner = become_owner(session).account
    assert not signing_in.has_password(session, actor=owner)
    signing_in.set_password(session, actor=owner, new=NEW, now=NOON)
    assert signing_in.has_password(session, actor=owner)
    assert by_password(session, prove(session, OTHER)).account.account_id == owner.account_id


def test_a_password_is_changed_with_the_old_one(session):
    owner = become_owner(session).account
    signing_in.set_password(session, actor=owner, new=Hashed(HASHED), now=NOON)
    proof = prove(session, GOOD)
    signing_in.set_password(session, actor=owner, new=NEW, proof=proof, now=NOON)
    assert prove(session, OTHER).is_right


@pytest.mark.parametrize("old", [None, OTHER])
def test_a_password_is_not_changed_without_the_old_one(session, old):
    owner = become_owner(session).account
    signing_in.set_password(session, actor=owner, new=Hashed(HASHED), now=NOON)
    proof = prove(session, old) if old else None
    with pytest.raises(SignedOutError, match="old password"):
        signing_in.set_password(session, actor=owner, new=NEW, proof=proof, now=NOON)
    assert prove(session, GOOD).is_right


def test_the_proof_of_somebody_else_changes_no_password(session, make):
    owner = become_owner(session).account
    signing_in.set_password(session, actor=owner, new=Hashed(HASHED), now=NOON)
    make.account("Bob", password_hash=HASHED)
    with pytest.raises(SignedOutError):
        signing_in.set_password(
            session, actor=owner, new=NEW, proof=prove(session, GOOD, name="Bob"), now=NOON
        )


def test_a_new_password_ends_the_other_sessions(session, make):
    here = become_owner(session)
    token = links.link(session, actor=OPERATOR, name="Ada", now=NOON)
    there = signing_in.sign_in_by_link(session, token=token, now=NOON, **FROM)
    signing_in.set_password(session, actor=here.account, new=NEW, now=NOON)
    assert sessions.lookup(session, cookie=here.cookie, now=NOON) is not None
    assert sessions.lookup(session, cookie=there.cookie, now=NOON) is None


def test_the_operator_has_no_password_to_set(session):
    with pytest.raises(SignedOutError):
        signing_in.set_password(session, actor=OPERATOR, new=NEW, now=NOON)


def test_unknown_links_sign_nobody_in(session):
    with pytest.raises(NotFoundError):
        accounts.sign_in_by_link(session, token="x", now=NOON, **FROM)
