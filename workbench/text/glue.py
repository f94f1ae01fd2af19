"""Sentences that lost the space between them: "the army.The minister"."""

import re

_GLUED = re.compile(
    r"(?<=[^\W\d_]{2}|\d\d)(?P<stop>[.?!])(?P<mark>[\"”’»)]?)(?=[“‘]?(?P<word>[^\W\d_]+)[\s,'’])"
)
_DOMAINS = frozenset(
    [
        "com",
        "org",
        "net",
        "info",
        "edu",
        "gov",
        "mil",
        "int",
        "biz",
        "co",
        "uk",
        "us",
        "eu",
        "de",
        "fr",
        "it",
        "es",
        "ru",
        "ua",
        "ir",
        "sy",
        "ca",
        "au",
        "io",
        "ai",
        "tv",
        "js",
        "py",
        "md",
        "pdf",
        "doc",
        "docx",
        "txt",
        "html",
        "htm",
        "php",
        "asp",
        "aspx",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "csv",
        "xml",
        "json",
        "exe",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "rtf",
        "odt",
        "zip",
    ]
)
_NO_PROSE = re.compile(r"[@/\\_#&=]|www\.|\.[^\W_]*\.")
_AROUND = 40


def glued_ends(block: str) -> list[int]:
    """Find where two sentences of a block stand together without a space.

    A web address, a mail address, a file name or a dotted name is left alone.

    Args:
        block: one paragraph.

    Returns:
        Offsets in code points where the second sentence begins, ascending.
    """
    found: list[int] = []
    quotes = counted = 0
    for match in _GLUED.finditer(block):
        word, mark = match["word"], match["mark"]
        if not word[0].isupper() or word.lower() in _DOMAINS or not _is_prose(block, match):
            continue
        quotes += block.count('"', counted, match.start())
        counted = match.start()
        # An even number of straight marks so far: this one opens the second sentence.
        opens = mark == '"' and quotes % 2 == 0
        found.append(match.end("stop") if opens else match.end())
    return found


def _is_prose(block: str, match: re.Match[str]) -> bool:
    before = block[max(0, match.start() - _AROUND) : match.start()].split()
    after = block[match.end() : match.end() + _AROUND].split(None, 1)[0]
    left = before[-1] if before else ""
    return not _NO_PROSE.search(f"{left}.{after.rstrip('.')}")
