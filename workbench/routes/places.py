"""Where to go after signing in: a place of ours, whatever the address says."""

from urllib.parse import quote, urlsplit

HOME = "/"
LONGEST = 1000
NOT_PAGES = ("/signin", "/signout", "/api/", "/healthz", "/_stcore/", "/media/", "/static/")


def local(target: str) -> str:
    r"""The target if it is a page of this workbench, else the home page.

    A browser takes `//host`, `/\host` and `/<tab>/host` for other sites, so none of these passes.
    """
    if not target.startswith("/") or len(target) > LONGEST or target.startswith(NOT_PAGES):
        return HOME
    if target.startswith("//") or "\\" in target or not target.isprintable() or " " in target:
        return HOME
    parts = urlsplit(target)
    return HOME if parts.scheme or parts.netloc else target


def sign_in_for(path: str, query: str = "") -> str:
    """The address of the sign-in page that leads back to a path."""
    target = local(quote(path) + (f"?{query}" if query else ""))
    return "/signin" if target == HOME else f"/signin?next={quote(target, safe='')}"
