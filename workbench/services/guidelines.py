"""The guideline of a project: written, read with its history, and taken back to an old version."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import Guideline
from db.queries import projects as project_queries
from db.queries import rules as queries
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, projects
from workbench.services.permissions import Actor, Permission, check
from workbench.services.versions import check_base, made_by, reason

LONGEST = 100_000
MAX_HEADING = 200
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_IMAGE = re.compile(r"!\[")
_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])(?=[^<>]*>)|!--|![A-Za-z]|\?)")


@dataclass(frozen=True, slots=True)
class GuidelineVersion:
    """One version of a guideline.

    Attributes:
        version: Its number.
        text: Its Markdown.
        made_by: Who wrote it, by name.
        created_at: When.
        note: Why, in their words; may be empty.
    """

    version: int
    text: str
    made_by: str
    created_at: datetime
    note: str


def history(session: Session, *, actor: Actor, slug: str) -> list[GuidelineVersion]:
    """Every version of the guideline, the one in force first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.READ_ARTICLES, project_id=project.id)
    rows = queries.guidelines(session, project_id=project.id)
    people = queries.names(session, public_ids={row.made_by for row in rows})
    return [
        GuidelineVersion(
            version=row.version,
            text=row.text,
            made_by=made_by(row.made_by, people, is_first=row.version == 1),
            created_at=row.created_at,
            note=row.note,
        )
        for row in rows
    ]


def save(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    text: str,
    note: str,
    now: datetime,
) -> int:
    """Store another version of the guideline; its number.

    Args:
        session: A write transaction.
        actor: Who writes.
        slug: Which project.
        base_version: The version that was on the screen.
        text: Markdown, without HTML and without images.
        note: Why.
        now: When.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage the project.
        InputError: The text cannot be a guideline, or is the one in force.
        TakenError: Somebody saved another version meanwhile.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    project_queries.lock(session, project_id=project.id)
    stored = project_queries.newest_guideline(session, project_id=project.id)
    check_base(stored.version, base_version, what="guideline")
    cleaned = text.replace("\r\n", "\n").strip()
    if wrong := fault(cleaned):
        raise InputError(wrong)
    if cleaned == stored.text.strip():
        message = "Nothing was changed: there is no new version."
        raise InputError(message)
    made = Guideline(
        project_id=project.id,
        version=stored.version + 1,
        text=f"{cleaned}\n",
        created_at=now,
        made_by=actor.public_id,
        note=reason(note),
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        actor=actor,
        act="save_guideline",
        object_type="project",
        object_id=project.slug,
        now=now,
        version=made.version,
    )
    return made.version


def restore(
    session: Session, *, actor: Actor, slug: str, base_version: int, version: int, now: datetime
) -> int:
    """Make the text of an earlier version the newest one; its number. Raises as `save` does."""
    found = [each for each in history(session, actor=actor, slug=slug) if each.version == version]
    if not found:
        message = f"The guideline has no version {version}. Look at the history again."
        raise NotFoundError(message)
    return save(
        session,
        actor=actor,
        slug=slug,
        base_version=base_version,
        text=found[0].text,
        note=f"Version {version} again",
        now=now,
    )


def fault(text: str) -> str | None:
    """Why a text cannot be a guideline, with the line; None if it can."""
    if not 0 < len(text) <= LONGEST:
        return f"A guideline has 1 to {LONGEST:,} characters; this has {len(text):,}."
    if "\x00" in text:
        return "The guideline holds a NUL character. Remove it."
    plain = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), text)
    for found, said in (
        (_IMAGE.search(plain), "an image: a guideline is text alone"),
        (_HTML.search(plain), "an HTML tag: use Markdown, or put it in backticks to show it"),
    ):
        if found:
            line = plain.count("\n", 0, found.start()) + 1
            return f"Line {line} of the guideline holds {said}."
    return None


def sections(text: str) -> list[str]:
    """The headings of a guideline's sections, in its order: what a reply can name."""
    plain = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), text)
    found = re.findall(r"^## +(.+?) *$", plain, re.MULTILINE)
    return list(dict.fromkeys(heading[:MAX_HEADING] for heading in found))


def without_section(rules: projects.Rules) -> list[str]:
    """The labels, by name, of which the guideline has no section: their key shows nothing."""
    return [label.name for label in rules.labels if label.key not in rules.sections]
