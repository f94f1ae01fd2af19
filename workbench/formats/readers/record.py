"""What a reader gives back: article records, faults, and the error for a whole file."""

from dataclasses import dataclass


class ReaderError(ValueError):
    """The file, or what is just being read of it, cannot be; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article as a file gives it; None where the file says nothing.

    Attributes:
        text: The article's text; offsets are code points into it.
        raw: The bytes it was made from: the file, the archive's member, the row or the line.
        encoding: The Python name of the encoding of `raw`, or the format's name (pdf, docx)
            where the bytes are no text.
        source: The file's name; for an archive's member `archive.zip/folder/name.txt`.
        title: The headline.
        outlet: Who published it, as written.
        author: Who wrote it, as written.
        published: The date of publication as the format itself gives it, "2015-10-16" or
            "2015-10"; never the day of a scrape, of a download or of a file.
        updated: When it was last changed, in the same form.
        scraped: When a scraper, a feed or a download came by, in the same form.
        url: Where it was published, http or https.
        language: ISO 639 code, lower case, without a region.
        external_id: The id that the file gives it.
        number: Its number in a file of several records, from 1, faults counted; 0 in a file
            that is one article.
        problems: What was noticed, a few words each; nothing imported is quoted.
    """

    text: str
    raw: bytes
    encoding: str
    source: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    scraped: str | None = None
    url: str | None = None
    language: str | None = None
    external_id: str | None = None
    number: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordFault:
    """A record that cannot be read, while the others of its file go on.

    Attributes:
        where: The place, "line 17", "record 3", "member a/b.txt"; it may hold a member's name,
            which is imported text.
        reason: One sentence: what is wrong and what to do; nothing imported is quoted.
    """

    where: str
    reason: str

    def __str__(self) -> str:
        """On one line: the place, then what is wrong."""
        return f"{self.where}: {self.reason}"


Found = ArticleRecord | RecordFault
