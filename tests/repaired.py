"""Articles that are repaired by hand, as short as a test can say it."""

import sqlalchemy as sa
from loop import Desk

from db.models import Article, Sentence
from db.models.naming import table
from workbench.services import articles
from workbench.services.articles import ArticleView
from workbench.services.permissions import Role

TEXT = """Ferry back on Monday

"It is safe," the harbour office said. "We looked twice." The pilots doubt it. Nobody asked them.

By Ada Lin

Sign up for our newsletter
"""


class Bench:
    """One article at a desk, its manager, and what stands in the article now."""

    def __init__(self, desk: Desk, text: str = TEXT) -> None:
        self.desk = desk
        desk.bring(text)
        self.manager = desk.actor(Role.MANAGER)
        with self.desk.transaction() as session:
            rows = articles.listing(session, actor=self.manager, slug=desk.project.slug).rows
        self.article = rows[0].public_id
        self.first = self.spans()

    def do(self, act: str, **given: object) -> object:
        """One of the services' acts, by the manager unless somebody else is named."""
        with self.desk.transaction() as session:
            values = {"actor": self.manager, "slug": self.desk.project.slug, "now": self.desk.now}
            return getattr(articles, act)(session, **{**values, **given})

    def split(self, words: str) -> list[str]:
        """Split the segment that holds these words, in front of the mark `|` in them."""
        left, _, right = words.partition("|")
        view = self.view()
        found = next(part for part in view.segments if left + right in part["text"])
        start = int(found["id"].rpartition(":")[2].partition("-")[0])
        at = start + found["text"].index(left + right) + len(left)
        return self.do("split", sentence=found["id"], at=at)  # type: ignore[return-value]

    def merge(self, words: str) -> list[str]:
        """Merge the segment that holds these words with the next one."""
        return self.do("merge_with_next", sentence=self.named(words))  # type: ignore[return-value]

    def take_back(self) -> None:
        self.do("take_back", article=self.article)

    def view(self) -> ArticleView:
        with self.desk.transaction() as session:
            return articles.whole(
                session, actor=self.manager, slug=self.desk.project.slug, article=self.article
            )

    def texts(self) -> list[str]:
        return [part["text"] for part in self.view().segments]

    def named(self, words: str) -> str:
        """The public id of the first segment that holds these words."""
        found = [part["id"] for part in self.view().segments if words in part["text"]]
        return str(found[0])

    def spans(self) -> list[tuple[str, str, bool, str]]:
        return [(p["id"], p["kind"], p["queued"], p["reason"]) for p in self.view().segments]

    def queue(self) -> list[str]:
        """What a reviewer who has done nothing is asked about, in order."""
        window = self.desk.window(self.desk.reviewer, want=100)
        return [item["id"] for item in window.items if item["article"] == self.article]

    def text(self) -> str:
        """The whole text of the article."""
        article = table(Article)
        mine = article.c.project_id == self.desk.project.id
        with self.desk.transaction() as session:
            found = sa.select(article.c.text).where(mine, article.c.public_id == self.article)
            return str(session.execute(found).scalar_one())

    def rows(self) -> list[sa.Row[tuple[int, bool, int | None]]]:
        """Position, retired and quote group of every row, in the order of the text."""
        sentence = table(Sentence)
        article = table(Article)
        with self.desk.transaction() as session:
            return list(
                session.execute(
                    sa.select(sentence.c.position, sentence.c.is_retired, sentence.c.quote_group)
                    .join(article, article.c.id == sentence.c.article_id)
                    .where(article.c.public_id == self.article)
                    .where(article.c.project_id == self.desk.project.id)
                    .order_by(sentence.c.start, sentence.c.end)
                )
            )
