import base64
import hashlib
from importlib.metadata import version

import pytest

from workbench.routes import headers
from workbench.routes.streamlit_files import static_folder


def policy(text):
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<p>no script</p>", []),
        ("<script>a</script>", ["a"]),
        (
            '<script>a</script><script src="x.js"></script><script type=module>b</script>',
            ["a", "b"],
        ),
        ('<script SRC="x.js">not run</script>', []),
        ("<SCRIPT>\n  if (a < b && c) { '<p>' }\n</SCRIPT>", ["\n  if (a < b && c) { '<p>' }\n"]),
        ("<!-- <script>comment</script> --><script>a&amp;b</script>", ["a&amp;b"]),
    ],
)
def test_inline_scripts_are_named_by_their_exact_text(page, texts):
    assert headers.script_hashes(page) == [policy(text) for text in texts]


def test_the_installed_streamlit_has_its_one_inline_script_allowed():
    assert version("streamlit").startswith("1.67.")
    page = (static_folder() / "index.html").read_text(encoding="utf-8")
    assert headers.script_hashes(page) == ["sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="]


@pytest.mark.parametrize("is_secure", [True, False])
def test_strict_transport_is_for_tls_only(is_secure):
    names = [name for name, _ in headers.security_headers(is_secure=is_secure)]
    assert (b"strict-transport-security" in names) == is_secure


def test_the_policy_lets_no_script_run_but_ours():
    found = dict(headers.security_headers(is_secure=True))[b"content-security-policy"].decode()
    rules = {rule.split()[0]: rule.split()[1:] for rule in found.split("; ")}
    assert rules["script-src"][0] == "'self'"
    assert all(source.startswith("'sha256-") for source in rules["script-src"][1:])
    for rule in ("object-src", "base-uri", "frame-ancestors"):
        assert rules[rule] == ["'none'"]
    assert rules["form-action"] == rules["connect-src"] == rules["default-src"] == ["'self'"]
