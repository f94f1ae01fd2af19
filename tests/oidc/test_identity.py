import pytest

from workbench.oidc.identity import GOOGLE, identity_of
from workbench.oidc.secrets import LENGTH, Secrets

CLAIMS = {"iss": "https://id.example", "sub": "5f1c"}


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": " Ada Lin "}, "Ada Lin"),
        ({"name": "", "preferred_username": "ada"}, "ada"),
        ({"preferred_username": "ada@harbour.example"}, "ada"),
        ({"name": 7}, ""),
        ({}, ""),
    ],
)
def test_a_name_is_what_the_provider_calls_the_person(claims, name):
    assert identity_of(CLAIMS | claims).name == name


def test_googles_own_domain_is_believed_of_google_alone():
    hosted = {"hd": "harbour.example"}
    assert identity_of({"iss": GOOGLE, "sub": "1"} | hosted).domains == {"harbour.example"}
    assert identity_of(CLAIMS | hosted).domains == set()


def test_domains_are_compared_without_case_and_whole():
    identity = identity_of(CLAIMS | {"email": "Ada@Harbour.EXAMPLE", "email_verified": True})
    assert identity.is_of(("harbour.example",))
    assert not identity.is_of(("example",))
    assert not identity.is_of(("notharbour.example",))


def test_an_identity_shows_nothing_of_itself():
    identity = identity_of(CLAIMS | {"name": "Ada", "email": "a@b.example", "email_verified": True})
    assert not any(word in repr(identity) for word in ("5f1c", "Ada", "b.example"))


def test_the_secrets_of_one_way_are_four_that_do_not_tell_of_each_other():
    one, other = Secrets.new(), Secrets.new()
    made = [one.cookie, one.state, one.nonce, one.verifier, other.cookie, other.state]
    assert len({*made}) == len(made)
    assert {len(each) for each in made} == {LENGTH}
    assert Secrets(one.cookie).verifier == one.verifier
    assert one.cookie not in repr(one)


def test_an_answer_is_that_of_its_own_way_only():
    one = Secrets.new()
    assert one.is_answered_by(one.state)
    for state in ("", Secrets.new().state, one.state[:-1], one.state + "x", "\ud800"):
        assert not one.is_answered_by(state)


def test_the_link_that_a_way_began_with_belongs_to_its_secret():
    taken = Secrets.new("token")
    assert (taken.link, Secrets.new().link) == ("token", "")
    assert Secrets(taken.cookie.replace("token", "other")).state != taken.state
