import re
from itertools import combinations

import pytest

from workbench.samples import paths

ENCODINGS = {"03-calvenna-courier.txt": "cp1252", "06-vessanian-herald.txt": "utf-16"}

TEXTS = {path.name: path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8")) for path in paths()}

SENTENCE_END = re.compile(r"[.?][”\"]?(?=\s|$)")

FEATURES = {
    "dateline with an agency in brackets": r"^PORT HAVEL, March 3 \(Meridian\) -- ",
    "dateline with an agency between slashes": r"^ORVANE, March 4\. /CALBUL/\. ",
    "dateline without an agency": r"^PORT HAVEL, March 6 -- ",
    "byline": r"^By Piers Odell$",
    "byline with initials": r"^By J\. K\. Tolland$",
    "caption with a credit": r"^A rowing boat .+\. \(Photo: .+\)$",
    "standfirst": r"^More than 210 households are out .+ warned$",
    "subhead in an explainer": r"^Was gate No\. 4 broken\?$",
    "headline after the body": r"not been damaged\.\n\nMayor counts 300 .+’\n\nSoldiers stack",
    "published date with its weekday": r"^Saturday 4 March 2023$",
    "last update line": r"^Last Update: Sunday, 5 March 2023 ",
    "list of most-read articles": r"^8214 Views .+\n-\n6079 Views ",
    "menu": r"^HOME \| LOCAL \| ",
    "teaser list after the body": r"^READ ALSO\n",
    "advertisement line": r"^Story continues below advertisement$",
    "correction": r"^Correction: ",
    "agency's closing credits": r"^\(Reporting by .+; Editing by .+\)$",
    "scrape date glued to the text": r"\A date 2023-03-11 PORT HAVEL: ",
    "broken character": "\ufffd",
    "character outside the basic plane": "[\U00010000-\U0010ffff]",
    "sentences glued without a space": r"night\.The",
    "curly double quotes": r"“[^”]+”",
    "curly single quotes": r"‘[^’]+’",
    "straight quotes": r'"[^"]+"',
    "brackets inside a quotation": r'"She \(the mayor\) received',
    "rank before a name": r"\bBrig\. Gen\. [A-Z]",
    "title before a name": r"\bProf\. [A-Z]",
    "lower bound of a figure": r"more than 210 households",
    "exact figure for the same thing": r"\b268 households",
    "estimate for the same thing": r"\bSome 300 households",
    "direct quotation": r"[,?][”\"] said [A-Z]",
    "indirect speech": r"\bsaying sirens had sounded\b",
    "attribution by phrase": r"\baccording to the ministry\b",
    "attribution without a named source": r"\bwho asked not to be named\b",
    "negated attribution": r"\bdeclined to say\b",
    "rejected claim": r"\brejected the claim\b",
    "denial": r"\bdenied that\b",
    "contradiction by the reporter": r"\bdespite the fact that\b",
    "counter-claim": r"\bsaid the colonel was mistaken and that\b",
    "demand": r"\bdemanded that\b",
    "promise": r"\bpromised that\b",
    "forecast": r"\bis expected to\b",
    "question that claims nothing": r"^How hard can it be",
    "quotation that goes on over three sentences": r"“[^”]+,” she said\. “[^”.]+\. [^”.]+\.”",
}


def sentences(text):
    flat = " ".join(text.split())
    return {part.strip() for part in re.split(r"(?<=[.?”\"])\s(?=[A-Z“\"])", flat)}


def test_there_are_eight_to_ten_samples():
    assert 8 <= len(paths()) <= 10


def test_samples_come_in_the_order_of_their_numbers():
    assert [int(path.name[:2]) for path in paths()] == list(range(1, len(paths()) + 1))


def test_every_sample_but_the_marked_ones_is_utf8_without_a_byte_order_mark():
    others = [path for path in paths() if path.name not in ENCODINGS]
    assert len(others) == len(paths()) - 2
    assert not any(path.read_bytes().decode("utf-8").startswith("\ufeff") for path in others)


def test_the_windows_1252_sample_is_not_also_utf8():
    (path,) = (path for path in paths() if ENCODINGS.get(path.name) == "cp1252")
    with pytest.raises(UnicodeDecodeError):
        path.read_bytes().decode("utf-8")


def test_the_utf16_sample_starts_with_a_byte_order_mark():
    (path,) = (path for path in paths() if ENCODINGS.get(path.name) == "utf-16")
    assert path.read_bytes().startswith(b"\xff\xfe")


@pytest.mark.parametrize("name", TEXTS)
def test_a_sample_has_twelve_to_forty_sentences(name):
    assert 12 <= len(SENTENCE_END.findall(TEXTS[name])) <= 40


@pytest.mark.parametrize("name", TEXTS)
def test_a_sample_belongs_to_the_one_story(name):
    assert re.search(r"Ilmara|Serrow", TEXTS[name])


@pytest.mark.parametrize("pattern", FEATURES.values(), ids=FEATURES)
def test_some_sample_has_a(pattern):
    lines = [text.replace("\r\n", "\n") for text in TEXTS.values()]
    assert any(re.search(pattern, text, re.MULTILINE) for text in lines)


def test_three_samples_share_wire_copy_word_for_word():
    shared = [
        {one, other}
        for one, other in combinations(TEXTS, 2)
        if len(sentences(TEXTS[one]) & sentences(TEXTS[other])) >= 5
    ]
    assert len(set().union(*shared)) >= 3


def test_one_sample_is_a_single_line():
    assert sum("\n" not in text for text in TEXTS.values()) == 1


def test_one_sample_is_wrapped_at_72_columns():
    widest = [max(map(len, text.splitlines())) for text in TEXTS.values()]
    assert sum(70 <= width <= 72 for width in widest) == 1


def test_some_samples_have_windows_line_ends():
    assert any("\r\n" in text for text in TEXTS.values())
