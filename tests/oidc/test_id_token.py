import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from issuing import new_key, signed
from joserfc import jwk

from workbench.oidc.id_token import ALGORITHMS, UnknownKeyError, UntrustedError, keys_of, verified

KEY, OTHER = new_key("first"), new_key("second")
KEYS = keys_of({"keys": [KEY.as_dict(private=False)]})
NOW = 1_790_000_000
GOOD = {
    "iss": "https://id.example",
    "aud": "workbench",
    "sub": "5f1c",
    "nonce": "n",
    "iat": NOW,
    "exp": NOW + 300,
}


def claims_of(token, *, keys=KEYS, now=NOW):
    return verified(
        token,
        keys=keys,
        issuer="https://id.example",
        client_id="workbench",
        nonce="n",
        access_token="access",
        now=now,
    )


def token(*, key=KEY, algorithm="RS256", **claims):
    kept = {name: value for name, value in (GOOD | claims).items() if value is not None}
    return signed(kept, key=key, algorithm=algorithm)


def test_a_good_token_says_who_it_is():
    assert claims_of(token())["sub"] == "5f1c"


@pytest.mark.parametrize("algorithm", [each for each in ALGORITHMS if each[0] != "E"])
def test_every_allowed_signature_by_rsa_is_believed(algorithm):
    assert claims_of(token(algorithm=algorithm))["sub"] == "5f1c"


@pytest.mark.parametrize(("algorithm", "curve"), [("ES256", "P-256"), ("ES384", "P-384")])
def test_a_signature_by_an_elliptic_curve_is_believed(algorithm, curve):
    key = jwk.ECKey.generate_key(curve, {"kid": "curve"})
    keys = keys_of({"keys": [KEY.as_dict(private=False), key.as_dict(private=False)]})
    assert claims_of(token(key=key, algorithm=algorithm), keys=keys)["sub"] == "5f1c"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS512"])
def test_a_token_that_anybody_could_have_made_is_refused(algorithm):
    with pytest.raises(UntrustedError):
        claims_of(token(algorithm=algorithm))


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"iss": "https://id.example/"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": []},
        {"aud": None},
        {"aud": ["workbench", "another"]},  # several, and none is named as the one it is for
        {"aud": ["workbench", "another"], "azp": "another"},
        {"azp": "another"},
        {"nonce": "m"},
        {"nonce": ""},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"sub": "a\x00b"},
        {"exp": NOW - 61},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": NOW + 61},
        {"iat": None},
        {"nbf": NOW + 61},
        {"at_hash": "bm90IGl0cyBoYXNo"},
    ],
)
def test_a_token_with_one_wrong_claim_is_refused(wrong):
    with pytest.raises(UntrustedError):
        claims_of(token(**wrong))


def test_several_audiences_are_fine_where_the_workbench_is_the_party():
    assert claims_of(token(aud=["workbench", "another"], azp="workbench"))


@pytest.mark.parametrize("late", [59, -59])
def test_clocks_may_differ_by_a_minute(late):
    assert claims_of(token(iat=NOW, nbf=NOW, exp=NOW), now=NOW + late)


def test_a_strangers_signature_is_refused_whatever_key_it_names():
    with pytest.raises(UnknownKeyError):
        claims_of(token(key=OTHER))
    forged = jwk.RSAKey.import_key(OTHER.as_dict(private=True) | {"kid": "first"})
    with pytest.raises(UntrustedError):
        claims_of(token(key=forged))


def test_a_token_without_a_key_id_is_tried_with_the_only_key():
    nameless = jwk.RSAKey.import_key(
        {name: value for name, value in KEY.as_dict(private=True).items() if name != "kid"}
    )
    assert claims_of(token(key=nameless))
    both = keys_of({"keys": [each.as_dict(private=False) for each in (KEY, OTHER)]})
    with pytest.raises(UnknownKeyError):
        claims_of(token(key=nameless), keys=both)


def test_a_changed_token_is_refused():
    head, body, signature = token().split(".")
    other = token(sub="somebody").split(".")[1]
    for forged in (f"{head}.{other}.{signature}", f"{head}.{body}.", f"{head}.{body}", f"{body}"):
        with pytest.raises(UntrustedError):
            claims_of(forged)


@pytest.mark.parametrize("thing", [None, 7, "", ".", "..", "a.b.c", "\x00", "x" * 60_000, [], {}])
def test_what_is_no_token_is_refused(thing):
    with pytest.raises(UntrustedError):
        claims_of(thing)


@settings(max_examples=60)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_token(head, body, signature):
    with pytest.raises(UntrustedError):
        claims_of(f"{head}.{body}.{signature}")


def test_a_refusal_quotes_nothing_of_the_token():
    with pytest.raises(UntrustedError) as refused:
        claims_of(token(sub="canary", nonce="canary", iss="canary"))
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"keys": None},
        {"keys": [None, 7, {}, {"kty": "oct", "k": "c2VjcmV0"}, {"kty": "RSA"}]},
        {"keys": [KEY.as_dict(private=False) | {"use": "enc"}]},
    ],
)
def test_what_is_no_key_for_signatures_is_left_out(document):
    assert keys_of(document) == []


def test_the_time_is_now_when_nothing_else_is_said():
    assert claims_of(token(iat=int(time.time()), exp=int(time.time()) + 60), now=time.time())
