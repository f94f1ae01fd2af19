from datetime import timedelta

import pytest
from conftest import NOON
from sqlmodel import select

from db.models import Account, AuditEvent
from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.oidc.identity import Identity
from workbench.services import accounts, identities, invitations, sessions, signing_in_by_others
from workbench.services.permissions import OPERATOR, Role

WHENCE = {"now": NOON, "browser": "Firefox on Linux", "address": "192.0.2.1"}


def who(subject="5f1c", name="Ada Lin"):
    return Identity(issuer="https://id.example", subject=subject, name=name, domains=frozenset())


def sign_in(session, identity, joins_as=""):
    return signing_in_by_others.sign_in_by_identity(
        session, identity=identity, joins_as=joins_as, **WHENCE
    )


def take(session, token, identity):
    return signing_in_by_others.take_link_by_identity(
        session, token=token, identity=identity, **WHENCE
    )


def by_name(session, name, joins_as=""):
    return signing_in_by_others.sign_in_by_name(session, name=name, joins_as=joins_as, **WHENCE)


def add(session, name, role="reviewer"):
    accounts.add(session, actor=OPERATOR, name=name, role=role, now=NOON)


def invite(session, **given):
    return invitations.invite(session, actor=OPERATOR, role="reviewer", now=NOON, **given)


def acts(session):
    return [event.act for event in session.exec(select(AuditEvent).order_by(AuditEvent.id))]


def test_whoever_bound_an_identity_comes_in_by_it(session, make):
    make.project()
    add(session, "Ada")
    token = accounts.link(session, actor=OPERATOR, name="Ada", now=NOON)
    take(session, token, who())

    signed_in = sign_in(session, who(name="Another name by now"))

    assert signed_in.account.name == "Ada"
    assert sessions.find(session, cookie=signed_in.cookie, now=NOON).identity
    event = session.exec(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.act, event.details, event.address) == ("sign_in", {"how": "oidc"}, "192.0.2.1")


def test_whom_nobody_invited_is_told_so_and_nothing_is_made(session, make):
    make.account()
    n_before = len(session.exec(select(Account)).all())
    with pytest.raises(NotAllowedError, match="invitation"):
        sign_in(session, who())
    assert len(session.exec(select(Account)).all()) == n_before


def test_whoever_may_join_becomes_a_reviewer_in_every_project(session, make):
    make.account()
    first, second = make.project(), make.project()
    signed_in = sign_in(session, who(), joins_as="reviewer")

    assert signed_in.account.name == "Ada Lin"
    assert signed_in.account.roles == {first.id: Role.REVIEWER, second.id: Role.REVIEWER}
    assert not signed_in.account.is_admin
    assert {"join", "bind_identity", "sign_in"} <= {*acts(session)}
    assert sign_in(session, who()).account.account_id == signed_in.account.account_id


def test_nobody_joins_before_there_is_an_owner(session):
    with pytest.raises(NotAllowedError, match="owns"):
        sign_in(session, who(), joins_as="reviewer")


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (("Ada Lin", "Ada Lin", "Ada Lin"), ["Ada Lin", "Ada Lin 2", "Ada Lin 3"]),
        (("", "\u202eaL", "<b>"), ["Reviewer", "Reviewer 2", "<b>"]),
        (("x" * 300, "Ada L1n"), ["Reviewer", "Ada L1n"]),
    ],
)
def test_two_of_one_name_are_told_apart(session, make, names, called):
    make.account()
    people = [
        sign_in(session, who(str(number), name), joins_as="reviewer").account.name
        for number, name in enumerate(names)
    ]
    assert people == called


def test_the_same_name_never_leads_into_somebody_elses_account(session, make):
    make.project()
    add(session, "Ada Lin", role="admin")
    signed_in = sign_in(session, who(), joins_as="reviewer")
    assert signed_in.account.name == "Ada Lin 2"
    assert not signed_in.account.is_admin


def test_who_is_disabled_stays_out(session, make):
    make.account()
    sign_in(session, who(), joins_as="reviewer")
    accounts.disable(session, actor=OPERATOR, name="Ada Lin", now=NOON)
    with pytest.raises(NotAllowedError, match="disabled"):
        sign_in(session, who(), joins_as="reviewer")
    with pytest.raises(NotAllowedError, match="disabled"):
        take(session, invite(session), who())


def test_a_sign_in_link_binds_the_identity_to_its_account_and_is_used_up(session, make):
    make.project()
    add(session, "Ada")
    token = accounts.link(session, actor=OPERATOR, name="Ada", now=NOON)
    assert take(session, token, who()).account.name == "Ada"
    with pytest.raises(InputError, match="used before"):
        take(session, token, who("other"))


def test_an_invitation_makes_the_account_that_the_identity_is_bound_to(session, make):
    project = make.project()
    signed_in = take(session, invite(session, project_slugs=[project.slug]), who())
    assert signed_in.account.name == "Ada Lin"
    assert signed_in.account.roles == {project.id: Role.REVIEWER}
    assert sign_in(session, who()).account.account_id == signed_in.account.account_id


def test_the_name_that_was_given_with_an_invitation_comes_first(session, make):
    make.project()
    token = invite(session, name="Ada from the harbour")
    assert take(session, token, who()).account.name == "Ada from the harbour"


def test_whoever_is_there_already_takes_an_invitation_as_who_they_are(session, make):
    first, second = make.project(), make.project()
    one = take(session, invite(session, project_slugs=[first.slug]), who())
    two = take(session, invite(session, project_slugs=[second.slug]), who())
    assert one.account.account_id == two.account.account_id
    assert {*two.account.roles} == {first.id, second.id}


def test_a_link_does_not_bind_an_identity_that_is_somebody_elses(session, make):
    make.project()
    for name, subject in (("Ada", "1"), ("Eve", "2")):
        add(session, name)
        token = accounts.link(session, actor=OPERATOR, name=name, now=NOON)
        take(session, token, who(subject))
    token = accounts.link(session, actor=OPERATOR, name="Eve", now=NOON)
    with pytest.raises(TakenError), session.begin_nested():
        take(session, token, who("1"))
    take(session, token, who("2"))  # it was not used up


@pytest.mark.parametrize("token", ["", "unknown", "\x00"])
def test_a_link_that_is_not_known_binds_nothing(session, make, token):
    with pytest.raises(NotFoundError):
        take(session, token, who())


def test_the_owners_link_is_not_taken_with_a_provider(session):
    with pytest.raises(InputError):
        take(session, accounts.first_link(session, now=NOON), who())


def test_an_expired_link_binds_nothing(session, make):
    make.project()
    token = invite(session)
    late = WHENCE | {"now": NOON + timedelta(days=4)}
    with pytest.raises(InputError, match="expired"):
        signing_in_by_others.take_link_by_identity(session, token=token, identity=who(), **late)


def test_a_proxys_name_is_that_of_an_account_to_the_letter(session, make):
    make.project()
    add(session, "Ada1")
    assert by_name(session, " Ada1 ").account.name == "Ada1"
    for alike in ("Adal", "ada1", "ADA1", "AdaI"):
        with pytest.raises(TakenError):
            by_name(session, alike, joins_as="reviewer")


def test_a_proxys_name_without_an_account_joins_where_that_is_allowed(session, make):
    project = make.project()
    with pytest.raises(NotAllowedError, match="no account"):
        by_name(session, "Ada")
    assert by_name(session, "Ada", joins_as="reviewer").account.roles == {project.id: Role.REVIEWER}
    assert by_name(session, "Ada").account.name == "Ada"


@pytest.mark.parametrize("name", ["", " ", "\u202eAda", "a\x00b", "x" * 61])
def test_a_proxys_name_that_cannot_be_one_is_refused(session, make, name):
    with pytest.raises(InputError):
        by_name(session, name, joins_as="reviewer")


def test_a_disabled_account_stays_out_whoever_vouches_for_it(session, make):
    make.project()
    add(session, "Ada")
    accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)
    with pytest.raises(NotAllowedError, match="disabled"):
        by_name(session, "Ada")


def test_a_refusal_leaves_a_row_without_a_word_of_who_came(session):
    signing_in_by_others.note_refusal(
        session, how="oidc", why="NotAllowedError", now=NOON, address="192.0.2.1"
    )
    event = session.exec(select(AuditEvent)).one()
    assert (event.act, event.object_id) == ("refuse_sign_in", "unknown")
    assert event.details == {"how": "oidc", "why": "NotAllowedError"}


def test_joining_binds_the_identity_in_the_same_act(session, make):
    make.account()
    signed_in = sign_in(session, who(), joins_as="reviewer")
    (found,) = identities.bound(session, actor=signed_in.account, issuer="https://id.example")
    assert not found.may_be_unbound
