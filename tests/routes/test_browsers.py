import pytest

from workbench.routes.browsers import browser_of

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome on Linux"),
        (f"{CHROME} Edg/130", "Edge on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:131.0) Gecko/20100101 Firefox/131.0",
            "Firefox on Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU like Mac OS X) Version/18 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "Another browser"),
        ("<script>[x](http://evil)", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_named_in_plain_words(agent, words):
    assert browser_of(agent) == words
