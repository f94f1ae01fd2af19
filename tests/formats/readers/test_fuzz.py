"""Whatever comes in: records, faults and ReaderError come out, and nothing else."""

import contextlib
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.readers import making, reading
from workbench.formats.readers import READERS, ArticleRecord, ReaderError, headers, read

N_EXAMPLES = int(os.environ.get("WORKBENCH_FUZZ", "60"))
FUZZ = settings(
    max_examples=N_EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
KINDS = sorted(READERS)

pieces = st.binary(max_size=12) | st.sampled_from(
    [
        b"\0",
        b"\xff\xfe",
        b'"',
        b"\r",
        b"\n",
        b"<",
        b"&a;",
        b"{",
        b"[",
        b"]",
        b"PK\x05\x06",
        b"9" * 30,
    ]
)
changes = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), pieces, st.integers(1, 3)),
    min_size=1,
    max_size=6,
)


def changed(data, wanted):
    for place, cut, piece, times in wanted:
        at = int(place * len(data))
        data = data[:at] + piece * times + data[at + cut :]
    return data


def named(kind):
    return f"a.csv{kind}" if kind == ".gz" else f"a{kind}"


def check(name, data):
    for found in reading.kept(name, data):
        assert isinstance(found, ArticleRecord)
        assert found.text.strip()
        assert found.text.encode()  # no half character pair
        assert "\0" not in found.text
        assert found.raw
    with contextlib.suppress(ReaderError):
        headers(name, data)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.binary(max_size=400))
@FUZZ
def test_any_bytes(kind, data):
    check(named(kind), data)


@pytest.mark.parametrize("kind", KINDS)
@given(wanted=changes)
@FUZZ
def test_a_valid_file_with_changes(kind, samples, wanted):
    check(named(kind), changed(samples[kind], wanted))


@given(wanted=changes)
@FUZZ
def test_a_word_file_with_changes_inside(wanted):
    part = (
        f'<w:document xmlns:w="{making.WORD}"><w:body><w:p><w:r><w:t>One.</w:t></w:r></w:p><w:tbl>'
        "<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>"
    ).encode()
    core = b'<c xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>T</d:title></c>'
    check(
        "a.docx",
        making.packed(
            {
                "[Content_Types].xml": b"",
                "word/document.xml": changed(part, wanted),
                "docProps/core.xml": changed(core, wanted),
            }
        ),
    )


@given(text=st.text(max_size=300), name=st.text(max_size=20))
@FUZZ
def test_any_text_under_any_name(text, name):
    check(name, text.encode(errors="surrogatepass"))


TAGS = """
    p div span a b i table tr td ul li blockquote br h1 h2 article main time meta script figure
    figcaption pre code q dl dt dd head title html body form iframe svg math template
"""
tags = st.sampled_from(TAGS.split())
markup = st.lists(
    st.one_of(
        tags.map(lambda tag: f"<{tag}>"),
        tags.map(lambda tag: f"</{tag}>"),
        tags.map(
            lambda tag: f"<{tag} class='article-body' itemprop='datePublished' href='http://['>"
        ),
        st.just(making.BRIDGE),
        st.text(max_size=10),
    ),
    max_size=40,
)


@given(parts=markup)
@FUZZ
def test_any_page(parts):
    check("a.html", ("<html>" + "".join(parts)).encode(errors="replace"))


def test_the_reader_reads_nothing_twice(samples):
    for kind, data in samples.items():
        assert list(read(f"a{kind}", data)) == list(read(f"a{kind}", data))
