"""Articles that come in together: their copies are looked for together, which costs far less."""

from sqlmodel import Session

from db.models import Article
from workbench.services import copies

CHARACTERS_AT_ONCE = 400_000
ARTICLES_AT_ONCE = 1_000


class Arrivals:
    """The articles that one transaction stores, file by file, until they are noted.

    However many there are, no more than some hundred thousand characters wait.
    """

    def __init__(self, session: Session, *, project_id: int) -> None:
        """Begin with no file."""
        self._session = session
        self._project_id = project_id
        self._waiting: list[Article] = []
        self._size = 0
        self._file_of: dict[int, int] = {}
        self._n_copies: list[int] = []

    def begin_file(self) -> None:
        """Count what comes from now on for another file."""
        self._n_copies.append(0)

    def add(self, article: Article) -> None:
        """Take an article that was just stored."""
        self._waiting.append(article)
        self._file_of[article.id] = len(self._n_copies) - 1
        self._size += len(article.text)
        if self._size >= CHARACTERS_AT_ONCE or len(self._waiting) >= ARTICLES_AT_ONCE:
            self._note()

    def finish(self) -> list[int]:
        """Note the rest; for each file how many of its queued sentences are copies of others."""
        self._note()
        return self._n_copies

    def _note(self) -> None:
        found = copies.note(self._session, project_id=self._project_id, articles=self._waiting)
        for article_id, n_copies in found.items():
            self._n_copies[self._file_of[article_id]] += n_copies
        self._waiting, self._file_of, self._size = [], {}, 0
