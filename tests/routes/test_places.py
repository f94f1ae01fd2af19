from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.routes import places

HERE = "https://workbench.example/signin"


@pytest.mark.parametrize(
    "page", ["/", "/articles", "/articles?id=1&q=%C3%A9", "/annotate#x", "/a//b"]
)
def test_our_own_pages_are_places_to_go(page):
    assert places.local(page) == page


@pytest.mark.parametrize(
    "target",
    [
        "",
        "articles",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/ /evil.example",
        " //evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "/\u2028",
        "/signin?next=/signin",
        "/signout",
        "/api/ops",
        "/_stcore/health",
        "/" + "x" * 1000,
    ],
)
def test_all_else_leads_home(target):
    assert places.local(target) == "/"


@given(st.text(alphabet=st.sampled_from("/\\.:@?#%&= \t\n\rehx\u2028év"), max_size=30))
def test_no_target_leaves_the_workbench(target):
    # What a browser does first: drop tabs and line ends, take \\ for /.
    seen = "".join(c for c in places.local(target) if c not in "\t\r\n").replace("\\", "/")
    assert urlsplit(urljoin(HERE, seen)).netloc == "workbench.example"


@given(st.text(max_size=50), st.text(alphabet="abc=&%12", max_size=20))
def test_the_sign_in_page_leads_back_to_where_one_was(path, query):
    try:
        path.encode()
    except UnicodeEncodeError:
        return
    address = places.sign_in_for(f"/p{path}", query)
    assert urlsplit(address).path == "/signin"
    assert len(parse_qs(urlsplit(address).query)) == 1
