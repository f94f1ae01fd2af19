"""Questions and replies on a database that commits, as short as a test can say them."""

import uuid
from typing import Any

from loop import Desk, op

from db.engine import reading
from workbench.services import discussing, talks
from workbench.services.decisions import Act
from workbench.services.permissions import Actor, Role
from workbench.services.talk_views import TalkList, TalkView
from workbench.services.talks import Show

TEXT = "One was so.\nTwo were not.\nThree are here.\n"


class Table(Desk):
    """A project with a manager, in which `reviewer` asks.

    `ask` gives the key of the talk; 0 where nothing is asked any more.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.manager = self.actor(Role.MANAGER)
        self.sentences = self.bring(TEXT)

    def ask(
        self,
        comment: str = "Is this one?",
        *,
        n: int = 0,
        base: int = 0,
        actor: Actor | None = None,
        **given: Any,
    ) -> int:
        asked = op(self.sentences[n], base, act=Act.COMMENT, comment=comment, **given)
        self.send(asked, actor=actor)
        rows = self.own(actor).rows
        sentence = self.sentences[n]
        return next((found.id for found in rows if found.sentence == sentence), 0)

    def newest(self, actor: Actor) -> TalkView:
        return self.own(actor).rows[0]

    def own(self, actor: Actor | None = None) -> TalkList:
        with reading(self.engines) as session:
            return talks.own(session, actor=actor or self.reviewer, slug=self.project.slug)

    def questions(self, show: Show = Show.ALL, search: str = "", page: int = 1) -> TalkList:
        with reading(self.engines) as session:
            return talks.questions(
                session,
                actor=self.manager,
                slug=self.project.slug,
                show=show,
                search=search,
                page=page,
            )

    def act(self, name: str, talk: int, *, as_: Actor | None = None, **given: Any) -> None:
        """Reply, close, reopen or show; as the manager, unless somebody is named."""
        values = {"op_id": str(uuid.uuid4()), "now": self.now} | given
        with self.transaction() as session:
            getattr(discussing, name)(
                session, actor=as_ or self.manager, slug=self.project.slug, talk=talk, **values
            )

    def reply(self, talk: int, text: str = "It is.", **given: Any) -> None:
        self.act("reply", talk, text=text, **given)

    def waiting(self, actor: Actor | None = None) -> int:
        with reading(self.engines) as session:
            return talks.n_waiting(session, actor=actor or self.reviewer, slug=self.project.slug)

    def shared(self, actor: Actor | None = None) -> list[Any]:
        with reading(self.engines) as session:
            return talks.shared(session, actor=actor or self.reviewer, slug=self.project.slug)

    def at_desk(self, actor: Actor | None = None) -> dict[str, Any]:
        with reading(self.engines) as session:
            return talks.at_desk(session, actor=actor or self.reviewer, project=self.project)

    def see(self, *remarks: int, actor: Actor | None = None) -> None:
        with self.transaction() as session:
            talks.note_seen(
                session,
                actor=actor or self.reviewer,
                slug=self.project.slug,
                remark_ids=remarks,
            )
