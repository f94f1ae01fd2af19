"""A small OIDC provider on loopback that keeps to the standard, and breaks it where a test says."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT, SECRET = "workbench", "correct horse battery"
ADA = {
    "sub": "5f1c",
    "name": "Ada Lin",
    "email": "ada@harbour.example",
    "email_verified": True,
}


@dataclass
class Issuing:
    """What the provider knows, and in which ways it misbehaves.

    Attributes:
        person: The claims of whoever asks to sign in.
        claims: Put over the claims of the ID token; None takes one away.
        document: Put over the discovery document.
        answer: Put over what comes back to the workbench's address.
        tokens: Put over what the token endpoint gives.
        in_userinfo: The claims that are told at the userinfo endpoint and not in the token.
        algorithm: What ID tokens are signed with; `none` leaves them unsigned.
        pause: Seconds before each answer.
        broken: Paths that answer with an error.
    """

    url: str = ""
    person: dict[str, Any] = field(default_factory=lambda: dict(ADA))
    claims: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, Any] = field(default_factory=dict)
    in_userinfo: tuple[str, ...] = ()
    algorithm: str = "RS256"
    pause: float = 0.0
    broken: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: jwk.RSAKey = field(default_factory=lambda: new_key("first"))
    stranger: jwk.RSAKey | None = None  # signs in the place of `key`, which is published

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
        } | self.document

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def consent(self, address: str) -> str:
        """What a browser is sent back to that was sent to `address` and agrees."""
        query = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        answer = {"code": code, "state": query["state"]} | self.answer
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None:
            return 400, {"error": "invalid_grant"}
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if asked.get("code_challenge_method") != "S256" or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant", "error_description": "PKCE"}
        if form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant", "error_description": "redirect_uri"}
        if _client(form, authorization) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        token = {"access_token": "access", "token_type": "Bearer", "expires_in": 60}
        return 200, token | {"id_token": self.id_token(asked["nonce"])} | self.tokens

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        told = {key: value for key, value in self.person.items() if key not in self.in_userinfo}
        claims = told | {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": nonce} | self.claims
        claims = {key: value for key, value in claims.items() if value is not None}
        key = self.stranger or self.key
        return signed(claims, key=key, algorithm=self.algorithm)


@cache
def new_key(name: str, nth: int = 1) -> jwk.RSAKey:
    """The nth key of that name: the same one whenever it is asked for, for it is dear to make."""
    return jwk.RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


def signed(claims: dict[str, Any], *, key: jwk.RSAKey, algorithm: str = "RS256") -> str:
    """An ID token; with `none` it is unsigned, with an HS one the public key is the secret."""
    head = {"alg": algorithm, "typ": "JWT"} | ({"kid": key.kid} if key.kid else {})
    if algorithm == "none":
        return f"{_part(head)}.{_part(claims)}."
    if algorithm.startswith("HS"):
        digest = {"HS256": hashlib.sha256, "HS512": hashlib.sha512}[algorithm]
        text = f"{_part(head)}.{_part(claims)}"
        made = hmac.digest(key.as_pem(private=False), text.encode(), digest)
        return f"{text}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"
    return jwt.encode(head, claims, key, algorithms=[algorithm])


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _client(form: dict[str, str], authorization: str) -> tuple[str, str]:
    if authorization.startswith("Basic "):
        name, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
        return unquote(name), unquote(secret)
    return form.get("client_id", ""), form.get("client_secret", "")


@contextmanager
def issuing() -> Iterator[Issuing]:
    """The provider, served for as long as the block lasts."""
    state = Issuing()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self._path()
            if path == "/.well-known/openid-configuration":
                self._send(200, state.discovery())
            elif path == "/keys":
                self._send(200, state.keys())
            elif path == "/authorize":
                self.send_response(302)
                self.send_header("Location", state.consent(self.path))
                self.end_headers()
            elif path == "/userinfo" and self.headers["Authorization"] == "Bearer access":
                self._send(200, state.person)
            else:
                self._send(404, {})

        def do_POST(self) -> None:
            path, length = self._path(), int(self.headers.get("Content-Length", "0"))
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            if path == "/token":
                self._send(*state.token(form, self.headers.get("Authorization", "")))
            else:
                self._send(404, {})

        def _path(self) -> str:
            path = urlsplit(self.path).path
            state.asked.append(path)
            time.sleep(state.pause)
            return path

        def _send(self, status: int, body: dict[str, Any]) -> None:
            is_broken = urlsplit(self.path).path in state.broken
            content = b"<html>gateway</html>" if is_broken else json.dumps(body).encode()
            self.send_response(502 if is_broken else status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_given: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
