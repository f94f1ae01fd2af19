"""What each page asks the services for, as the pages ask it."""

from collections.abc import Callable

import sqlalchemy as sa

from db.engine import Session, database_now
from db.models import Article
from db.models.naming import table
from tests.bench.fill import SLUG
from workbench.formats.final_labels import LabelChoice
from workbench.services import (
    accounts,
    articles,
    audit_log,
    copies,
    exporting,
    guidelines,
    imports,
    label_sets,
    opening,
    own_labels,
    progress,
    project_acts,
    projects,
    snapshots,
    stale_labels,
)
from workbench.services.permissions import Actor

Look = Callable[[Session, Actor], object]


def annotate(session: Session, actor: Actor) -> None:
    now = database_now(session)
    opening.mount_data(session, actor=actor, slug=SLUG, start=None, now=now)


def article_list(order: str, search: str = "") -> Look:
    def look(session: Session, actor: Actor) -> object:
        return articles.listing(session, actor=actor, slug=SLUG, order=order, search=search)

    return look


def one_article(session: Session, actor: Actor) -> None:
    named = sa.select(table(Article).c.public_id).order_by(table(Article).c.id).limit(1)
    asked = {"actor": actor, "slug": SLUG, "article": session.execute(named).scalar_one()}
    articles.whole(session, **asked, search="", order="newest")
    articles.last_change(session, **asked)
    copies.also_in(session, **asked)


def guideline(session: Session, actor: Actor) -> None:
    guidelines.history(session, actor=actor, slug=SLUG)


def own_labels_page(**asked: str) -> Look:
    def look(session: Session, actor: Actor) -> None:
        stale_labels.own(session, actor=actor, slug=SLUG)
        own_labels.listing(session, actor=actor, slug=SLUG, **asked)  # type: ignore[arg-type]

    return look


def progress_page(session: Session, actor: Actor) -> None:
    now = database_now(session)
    progress.whole(session, actor=actor, slug=SLUG, now=now)
    progress.articles(session, actor=actor, slug=SLUG)
    progress.own(session, actor=actor, slug=SLUG, now=now)


def import_page(session: Session, actor: Actor) -> None:
    articles.listing(session, actor=actor, slug=SLUG)
    imports.listing(session, actor=actor, slug=SLUG)


def export_page(session: Session, actor: Actor) -> None:
    asked = {"actor": actor, "project_slug": SLUG}
    exporting.plan(session, **asked, labels=LabelChoice.GOLD)
    exporting.preview(session, **asked, labels=LabelChoice.GOLD)
    snapshots.listed(session, **asked)
    snapshots.outlets(session, **asked)


def label_set(session: Session, actor: Actor) -> None:
    label_sets.history(session, actor=actor, slug=SLUG)
    stale_labels.counts(session, actor=actor, slug=SLUG)


def label_impact(session: Session, actor: Actor) -> None:
    label_sets.impact(session, actor=actor, slug=SLUG, key="claim")


def people(session: Session, actor: Actor) -> None:
    accounts.people(session, actor=actor)


def project_list(session: Session, actor: Actor) -> None:
    projects.listed(session, actor=actor)
    project_acts.overview(session, actor=actor)


def audit_page(session: Session, actor: Actor) -> None:
    audit_log.page(session, actor=actor, asked=audit_log.Asked())


LOOKS: dict[str, Look] = {
    "Annotate": annotate,
    "Articles, newest first": article_list("newest"),
    "Articles, by title": article_list("title"),
    "Articles, a search": article_list("newest", "figures 7"),
    "An article": one_article,
    "Guideline": guideline,
    "Your labels": own_labels_page(),
    "Your labels, one label": own_labels_page(label="dispute"),
    "Progress": progress_page,
    "Import": import_page,
    "Export": export_page,
    "Label set": label_set,
    "Label set, before a label is changed": label_impact,
    "People": people,
    "Projects": project_list,
    "Audit log": audit_page,
}
