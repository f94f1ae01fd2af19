"""Versions: an article that comes in again with other bytes stands beside the old one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import article_versions as queries
from db.queries import articles as article_queries
from db.queries import demand, segments, talks
from db.queries import projects as project_queries
from db.queries.segments import SegmentRow
from workbench.services.carrying_over import carry_over
from workbench.services.decisions import sentence_id
from workbench.services.edits import BY_HAND, Edit
from workbench.services.metadata import FIELDS
from workbench.services.permissions import Actor
from workbench.services.version_matching import is_same_article, unchanged

REPLACED = "replace_article"
Pairs = list[tuple[SegmentRow, SegmentRow]]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A sentence of the version before whose answers hold for no sentence of this one."""

    id: str
    text: str
    n_answers: int


@dataclass(frozen=True, slots=True)
class VersionView:
    """Where an article stands among its versions: public ids, and what it could not take over."""

    older: str | None = None
    newer: str | None = None
    left_behind: tuple[LeftBehind, ...] = ()


def view(session: Session, *, article: Article, reviewer_id: int | None = None) -> VersionView:
    """The versions beside an article, and the answers that stayed with the one before.

    Everybody's answers, or those of one reviewer.
    """
    older, newer = queries.neighbours(session, article_id=article.id)
    if older is None:
        return VersionView(None, newer)
    before = article_queries.by_public_id(session, project_id=article.project_id, public_id=older)
    text = before.text if before else ""
    rows = queries.left_behind(session, article_id=article.id, reviewer_id=reviewer_id)
    left = tuple(LeftBehind(sentence_id(older, a, b), text[a:b], n) for a, b, n in rows)
    return VersionView(older, newer, left)


def hold(session: Session, *, project: Project, identities: Sequence[str | None]) -> bool:
    """Whether one of these may be there already; then nobody labels until the transaction ends.

    Asked before anything is stored: places are held before the project's row, as in every edit.
    Nor does anybody reply to what was asked about those that are there.
    """
    wanted = {identity for identity in identities if identity}
    are_alike = len(wanted) < sum(identity is not None for identity in identities)
    known = queries.newest(session, project_id=project.id, identities=wanted)
    if not are_alike and not known:
        return False
    segments.lock_places(session, project_id=project.id)
    project_queries.lock(session, project_id=project.id)
    demand.lock(session, project_id=project.id)
    # Before the audit log is: whoever replies holds their talk first, too.
    talks.of_articles(session, article_ids={key for keys in known.values() for key in keys})
    return True


def replace_older(
    session: Session, *, actor: Actor, project: Project, articles: Sequence[Article], now: datetime
) -> dict[str, str]:
    """Let new articles take the place of those they are newer versions of.

    An article is one if it is known by the same address, or the same file name or id in it, if
    enough of its sentences are as they were, and if no other outlet is named. It takes over
    everybody's answers on unchanged sentences, with what was asked about them, kinds by hand, and
    metadata that a person had corrected where the import found the same as before. The old one
    leaves the queue and keeps everything else.

    Args:
        session: The transaction that stored them; `hold` was asked before.
        actor: Who imports.
        project: Where.
        articles: What was stored, in order.
        now: The database's clock.

    Returns:
        For each article that replaces one, by public id, what became of its answers, in words.
    """
    told: dict[str, str] = {}
    for article in articles:
        found = _older(session, project=project, article=article)
        if found is not None:
            edit = Edit(session, actor, project, article, now)
            told[article.public_id] = _replace(edit, old=found[0], pairs=found[1])
    return told


def _older(session: Session, *, project: Project, article: Article) -> tuple[Article, Pairs] | None:
    if article.identity is None:
        return None
    known = queries.newest(session, project_id=project.id, identities=[article.identity])
    rows = segments.live(session, article_id=article.id)
    texts = [article.text[row.start : row.end] for row in rows]
    for article_id in known.get(article.identity, []):
        if article_id >= article.id:
            continue
        old = session.get_one(Article, article_id)
        old_rows = segments.live(session, article_id=old.id)
        places = unchanged([old.text[row.start : row.end] for row in old_rows], texts)
        is_same = is_same_article(
            len(places),
            n_old=len(old_rows),
            n_new=len(rows),
            by_address=article.url is not None,
        )
        outlets = {one.outlet for one in (old, article) if one.outlet}
        if is_same and len(outlets) < 2:
            return old, [(old_rows[a], rows[b]) for a, b in places]
    return None


def _replace(edit: Edit, *, old: Article, pairs: Pairs) -> str:
    session, new = edit.session, edit.article
    pairs = _keep_kinds(edit, pairs)
    _keep_metadata(session, old=old, new=new)
    queries.link(session, article_id=new.id, replaces_id=old.id)
    n_carried = carry_over(session, old=old, new=new, pairs=pairs, now=edit.now)
    queued = [row for row in segments.live(session, article_id=old.id) if row.is_queued]
    if queued:
        segments.write(session, rows=[replace(row, is_queued=False) for row in queued])
        Edit(session, edit.actor, edit.project, old, edit.now).count({r.id: -1 for r in queued})
    n_left = sum(n for _, _, n in queries.left_behind(session, article_id=new.id))
    edit.record(
        REPLACED,
        replaces=old.public_id,
        n_unchanged=len(pairs),
        n_carried=n_carried,
        n_left=n_left,
        queued=[[row.start, row.end] for row in queued],
    )
    answers = "1 answer" if n_carried == 1 else f"{n_carried:,} answers"
    return f"a newer version: {answers} carried over, {n_left:,} left with the old one"


def _keep_kinds(edit: Edit, pairs: Pairs) -> Pairs:
    """What a person had made of a sentence holds for it where it is unchanged."""
    kept = {
        after.id: replace(after, kind=before.kind, is_queued=before.is_queued, reason=BY_HAND)
        for before, after in pairs
        if before.reason == BY_HAND
        and (before.kind, before.is_queued) != (after.kind, after.is_queued)
    }
    if not kept:
        return pairs
    segments.write(edit.session, rows=list(kept.values()))
    was = {after.id: after.is_queued for _, after in pairs}
    moved = {key: row.is_queued - was[key] for key, row in kept.items()}
    edit.count({key: by for key, by in moved.items() if by})
    edit.look_from(min(row.queue_key for row in kept.values()))
    edit.regroup()
    return [(before, kept.get(after.id, after)) for before, after in pairs]


def _keep_metadata(session: Session, *, old: Article, new: Article) -> None:
    if old.found is None or new.found is None:
        return
    corrected: dict[str, Any] = {
        name: getattr(old, name)
        for name in FIELDS
        if name != "language"
        and getattr(old, name) != old.found.get(name)
        and new.found.get(name) == old.found.get(name)
    }
    if corrected:
        article_queries.set_values(session, article_id=new.id, values=corrected)
