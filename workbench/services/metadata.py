"""An article's metadata: what was found at import, what a person made of it, and the way back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from db.models import Article
from db.queries import articles as queries
from workbench.errors import InputError
from workbench.services import edits
from workbench.services.permissions import Actor

CHANGED = "set_metadata"
MAX_LINE = 500
MAX_STANDFIRST = 2_000
MAX_URL = 2_000
DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
NAMES = {
    "title": "Title",
    "standfirst": "Standfirst",
    "outlet": "Outlet",
    "agency": "Agency",
    "author": "Author",
    "published": "Published",
    "updated": "Updated",
    "url": "Address",
    "language": "Language",
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that is known of an article.

    Attributes:
        name: The column.
        value: What stands now; None where nothing is known.
        found: What the import found; None where it found nothing.
        is_changed: Whether a person has made another thing of it; False where the import was
            before what it found was kept.
    """

    name: str
    value: str | None
    found: str | None
    is_changed: bool


def details(article: Article) -> tuple[Detail, ...]:
    """All that is known of an article, in the order that forms show it in."""
    found = article.found
    return tuple(
        Detail(
            name,
            getattr(article, name),
            None if found is None else found.get(name),
            found is not None and getattr(article, name) != found.get(name),
        )
        for name in FIELDS
    )


def change(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    article: str,
    values: Mapping[str, str | None],
    now: datetime,
) -> int:
    """Make something else of an article's metadata; how many things changed.

    The language says what the article is in; its sentences stay as they are.

    Args:
        session: A write transaction.
        actor: Who edits.
        slug: Which project.
        article: The article's public id.
        values: New values by name, of `FIELDS`; empty or None where nothing is known.
        now: The database's clock.

    Raises:
        NotFoundError: There is no such project or article, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: A value cannot be one of its kind, or a newer version is there.
    """
    edit = edits.begin(session, actor=actor, slug=slug, article=article, now=now)
    clean = {name: _checked(name, value) for name, value in values.items()}
    before = {name: getattr(edit.article, name) for name in clean}
    new = {name: value for name, value in clean.items() if value != before[name]}
    if not new:
        return 0
    queries.set_values(session, article_id=edit.article.id, values=new)
    edit.record(CHANGED, before={name: before[name] for name in new}, after=new)
    return len(new)


def put_back(
    session: Session, *, actor: Actor, slug: str, article: str, name: str, now: datetime
) -> int:
    """Let what the import found stand again; whether (1) or not (0) that is something else.

    Raises:
        NotFoundError: There is no such project or article, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: What was found was not kept, or there is no such thing to be known.
    """
    edit = edits.begin(session, actor=actor, slug=slug, article=article, now=now)
    if edit.article.found is None:
        message = "What was found in this article was not kept yet when it was imported."
        raise InputError(message)
    value = edit.article.found.get(name)
    if name == "language" and value is None:
        message = "The import found no language. Choose one."
        raise InputError(message)
    return change(session, actor=actor, slug=slug, article=article, values={name: value}, now=now)


def called(name: str) -> str:
    """What screens and messages call one of the things that are known of an article."""
    return NAMES.get(name, name)


def _checked(name: str, value: str | None) -> str | None:
    if name not in FIELDS:
        message = f"An article has no '{name[:40]}'. Give one of {', '.join(FIELDS)}."
        raise InputError(message)
    line = " ".join((value or "").replace("\x00", "\ufffd").split())
    if line:
        checked: str = FIELDS[name](name, line)
        return checked
    if name == "language":
        message = "The language is missing. Give its code, such as en or fr."
        raise InputError(message)
    return None


def _line(name: str, value: str) -> str:
    most = MAX_STANDFIRST if name == "standfirst" else MAX_LINE
    if len(value) > most:
        message = f"{called(name)}: {len(value):,} characters are too many; at most {most:,} fit."
        raise InputError(message)
    return value


def _day(name: str, value: str) -> str:
    try:
        is_one = DAY.fullmatch(value) is not None
        date.fromisoformat(f"{value}-01" if len(value) < len("2015-10-16") else value)
    except ValueError:
        is_one = False
    if not is_one:
        message = f"{called(name)}: this is no date. Write it as 2015-10-16, or as 2015-10."
        raise InputError(message)
    return value


def _url(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one or len(value) > MAX_URL or " " in value:
        message = f"{called(name)}: this is no address. It begins with http:// or https://."
        raise InputError(message)
    return value


def _language(name: str, value: str) -> str:
    if not LANGUAGE.fullmatch(value) or len(value) > 20:
        message = f"{called(name)}: this is no code of a language. Write it as en, fr or pt-BR."
        raise InputError(message)
    return value


FIELDS: dict[str, Any] = {
    "title": _line,
    "standfirst": _line,
    "outlet": _line,
    "agency": _line,
    "author": _line,
    "published": _day,
    "updated": _day,
    "url": _url,
    "language": _language,
}
