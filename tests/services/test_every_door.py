"""No function of a service is open by oversight: each checks its actor, or says why it need not."""

import pytest
from service_doors import checked, doors, inner_parts, used_outside

# With an actor and without a check, and why that is right.
UNCHECKED = {
    "audit.record": "writes who acted; the act itself is checked",
    "audit.record_all": "writes who acted; the act itself is checked",
    "joining.join_as": "brings in the actor's own account alone, by the secret of a link",
    "identities.bind": "changes the actor's own account alone",
    "identities.bind_to": "is a part of services that have seen to it whose account it is",
    "identities.binding_key": "tells of the actor's own session alone",
    "identities.bound": "shows the actor's own account alone",
    "identities.check_binding_key": "is asked with a secret of the actor's own session",
    "identities.unbind": "changes the actor's own account alone",
    "labelled_articles.store_rebuilt": "a part of labelled_imports, which checks",
    "labelled_people.reviewer": "a part of labelled_imports, which checks",
    "labelled_versions.fill": "a part of labelled_imports, which checks",
    "links.new_link": "a part of links, invitations and resets, which check",
    "oidc_starts.begin": "remembers of the actor that they were sent to the provider",
    "own_sessions.end_other_sessions": "ends the actor's own sessions alone",
    "own_sessions.end_session": "ends the actor's own sessions alone",
    "own_sessions.sessions": "shows the actor's own sessions alone",
    "projects.find": "finds the actor's own projects alone",
    "projects.listed": "lists the actor's own projects alone",
    "projects.view": "shows the actor's own projects alone",
    "projects.visible": "lists the actor's own projects alone",
    "sessions.note_end": "writes who ended a session; the end itself is checked",
    "signing_in.has_password": "tells of the actor's own account alone",
    "signing_in.set_password": "changes the actor's own account alone",
    "upload_limits.check_uploads": "counts the actor's own uploads alone",
    "upload_limits.refusal": "counts the actor's own uploads alone",
}
# Called from screens, routes and commands without an actor, and why that is right.
WITHOUT_ACTOR = {
    "accounts.is_empty": "asked before there is anybody",
    "attempts.begin": "counts tries to sign in, before anybody is",
    "attempts.check_links": "counts tries to open a link, before anybody is",
    "attempts.count_unknown_link": "counts tries to open a link, before anybody is",
    "health.fault": "says whether the database answers, and no more",
    "joining.join": "is asked with the secret of the link",
    "links.open_link": "is asked with the secret of the link",
    "identities.is_bound": "is asked of the account whose one-time link was opened",
    "oidc_starts.come_back": "is asked with the state that this browser was sent away with",
    "projects.rules": "reads label set and guideline under a key that only a checked call gives",
    "proxied.is_still": "is told a session that the gate has found",
    "resets.reset_password": "is asked with the secret of the link",
    "sessions.find": "is asked with the secret of the cookie",
    "sessions.refuse_disabled": "is asked with the secret of the cookie",
    "sessions.sign_out": "is asked with the secret of the cookie",
    "sessions.signed_in": "makes the actor",
    "sessions.touch": "is told a session that the gate has found",
    "signing_in.become_owner": "is asked with the secret of the link",
    "signing_in.sign_in_by_link": "is asked with the secret of the link",
    "signing_in.sign_in_by_password": "is asked with the proof of a password",
    "signing_in_by_others.note_refusal": "writes that nobody was let in",
    "signing_in_by_others.sign_in_by_identity": "is asked with what a provider vouched for",
    "signing_in_by_others.sign_in_by_name": "is asked with whom a trusted proxy named",
    "signing_in_by_others.take_link_by_identity": "is asked with the secret of the link",
}


def with_session_or_actor():
    return {
        name: door
        for name, door in doors().items()
        if door.is_public and {"session", "actor"} & door.parameters
    }


def test_every_public_function_with_an_actor_checks_it():
    open_doors = {
        name for name, door in with_session_or_actor().items() if "actor" in door.parameters
    } - (checked() | inner_parts())
    assert {name for name in open_doors if name not in UNCHECKED} == set()


def test_what_is_called_from_outside_has_an_actor():
    without = {
        name: where
        for name, where in used_outside().items()
        if "session" in doors()[name].parameters and "actor" not in doors()[name].parameters
    }
    assert {name: where for name, where in without.items() if name not in WITHOUT_ACTOR} == {}


@pytest.mark.parametrize("name", UNCHECKED)
def test_what_is_excused_from_checking_is_there_and_needs_it(name):
    assert "actor" in doors()[name].parameters
    assert name not in checked()


@pytest.mark.parametrize("name", WITHOUT_ACTOR)
def test_what_is_excused_from_an_actor_is_there_and_needs_it(name):
    assert "actor" not in doors()[name].parameters
    assert name in used_outside()


def test_a_door_without_a_check_would_be_seen():
    assert "articles.listing" in checked()
    assert "exporting.stream" in checked()
    assert "names.cleaned" not in checked()
