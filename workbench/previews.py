"""What an import would make of files, in lines for a terminal."""

from collections.abc import Iterator

from workbench.formats.readers import RecordFault
from workbench.services.previewing import Look, Preview

COLUMNS = (
    *("file", "articles", "encoding", "language", "title", "outlet", "author", "published"),
    *("segments", "noticed"),
)


def lines(preview: Preview) -> Iterator[str]:
    """A line for a file that is one article, or that is refused; else one for each record shown."""
    if preview.refused:
        yield _line([preview.name, "refused", *[""] * 7, preview.refused])
        return
    if preview.mapping:
        told = ", ".join(f"{field}={column}" for field, column in preview.mapping.items())
        yield _line([preview.name, "columns", *[""] * 7, told])
    for found in preview.found:
        yield _line(_fault(preview, found) if isinstance(found, RecordFault) else _look(found))
    if preview.has_more:
        more = f"more than these {len(preview.found)}; the rest is read when it is imported"
        yield _line([preview.name, "more", *[""] * 7, more])


def _fault(preview: Preview, fault: RecordFault) -> list[str]:
    return [preview.name, "refused", *[""] * 7, str(fault)]


def _look(look: Look) -> list[str]:
    article = look.prepared
    kinds = ", ".join(f"{n} {kind}" for kind, n in look.kinds.most_common())
    noticed = list(article.problems)
    if look.is_cut:
        noticed.append("only its beginning is shown")
    noticed += [
        f"mojibake in line {change.line}: {change.before} -> {change.after}"
        for change in look.changes[:3]
    ]
    details = article.details
    return [
        article.name,
        f"record {article.number}" if article.number else "1",
        article.encoding,
        article.language,
        details.title or "",
        details.outlet or "",
        details.author or "",
        details.published or "",
        kinds,
        "; ".join(noticed),
    ]


def _line(cells: list[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells)
