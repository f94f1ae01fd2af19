"""Rows that are valid by default; a test says only what matters to it."""

import hashlib
import itertools
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import (
    Account,
    Article,
    ArticleSource,
    Guideline,
    Label,
    LabelSet,
    Membership,
    Project,
    Sentence,
)
from workbench.services import names
from workbench.services.permissions import Actor, Role

_numbers = itertools.count(1)


class Make:
    """Makes rows in a session and flushes them, so that their keys are there."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def _add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    def project(self, **given: Any) -> Project:
        n = next(_numbers)
        values: dict[str, Any] = {
            "slug": f"project-{n}",
            "name": f"Project {n}",
            "settings": {"seed": 1, "queued_kinds": ["body", "headline", "standfirst", "subhead"]},
            "created_at": self.now,
        }
        project: Project = self._add(Project(**values | given))
        label_set = self._add(
            LabelSet(project_id=project.id, version=1, presets=[], created_at=self.now)
        )
        for position, key in enumerate(("claim", "attribution", "dispute"), 1):
            self._add(
                Label(
                    label_set_id=label_set.id,
                    key=key,
                    name=key.title(),
                    meaning=f"Is it a {key}?",
                    shortcut=key[0].upper(),
                    colour="blue",
                    position=position,
                )
            )
        self._add(
            Guideline(project_id=project.id, version=1, text="# Guideline", created_at=self.now)
        )
        return project

    def account(self, name: str | None = None, **given: Any) -> Account:
        name = name or f"Person {next(_numbers)}"
        values: dict[str, Any] = {
            "public_id": hashlib.sha256(name.encode()).hexdigest()[:16],
            "name": name,
            "name_key": names.key(name),
            "created_at": self.now,
        }
        account: Account = self._add(Account(**values | given))
        return account

    def membership(self, project: Project, account: Account, **given: Any) -> Membership:
        values: dict[str, Any] = {
            "project_id": project.id,
            "account_id": account.id,
            "role": "reviewer",
            "created_at": self.now,
        }
        membership: Membership = self._add(Membership(**values | given))
        return membership

    def actor(self, project: Project | None = None, *, role: Role = Role.REVIEWER) -> Actor:
        """An actor with an account and, in a project, a membership of the role."""
        account = self.account(is_admin=role is Role.ADMIN)
        roles = {}
        if project is not None:
            stored = Role.MANAGER if role is Role.ADMIN else role
            self.membership(project, account, role=str(stored))
            roles = {project.id: stored}
        return Actor(
            account_id=account.id,
            public_id=account.public_id,
            name=account.name,
            is_admin=account.is_admin,
            roles=roles,
        )

    def article(
        self, project: Project, *, sentences: tuple[str, ...] = ("One.", "Two."), **given: Any
    ) -> Article:
        """An article of body sentences, one a line, all queued."""
        n = next(_numbers)
        text = "\n".join(sentences)
        raw = text.encode()
        digest = hashlib.sha256(raw + str(n).encode()).hexdigest()
        values: dict[str, Any] = {
            "project_id": project.id,
            "public_id": digest[:16],
            "sha256": digest,
            "text_sha256": hashlib.sha256(raw).hexdigest(),
            "source_name": f"article-{n}.txt",
            "encoding": "utf-8",
            "text": text,
            "n_segments": len(sentences),
            "n_queued": len(sentences),
            "engine": "test",
            "import_batch": n,
            "queue_rank": n,
            "imported_at": self.now,
        }
        article: Article = self._add(Article(**values | given))
        self._add(ArticleSource(article_id=article.id, raw=raw))
        start = 0
        for position, sentence in enumerate(sentences):
            self._add(
                Sentence(
                    project_id=project.id,
                    article_id=article.id,
                    position=position,
                    start=start,
                    end=start + len(sentence),
                    kind="body",
                    is_queued=True,
                    queue_key=(n << 20) + position,
                )
            )
            start += len(sentence) + 1
        project.n_queued += len(sentences)
        self.session.add(project)
        self.session.flush()
        return article
