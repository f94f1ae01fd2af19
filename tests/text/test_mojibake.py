import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.mojibake import looks_garbled, repair

CLEAN = (
    "The café reopened, “nobody” had asked – she said.",
    "Łódź, Plzeň, Győr and Çanakkale sent crews; Ærø did not.",
    "Мэр сообщил, что мост закрыт.",
    "العمدة قال إن الجسر مغلق.",
    "“Ça va ?” — «Oui», a-t-il répondu…",
    "Ünlü şair İzmir’de doğdu.",
    "Cost: £4·50, 20 °C, naïve façade",
)


def garbled(text, encoding="cp1252"):
    return text.encode().decode(encoding)


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_text_is_left_as_it_is(text):
    assert not looks_garbled(text)
    assert repair(text).text == text
    assert repair(text).changes == ()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The café reopened in São Tomé.", "cp1252"),
        ("Zürich and Malmö sent two crews.", "latin-1"),
        ("He said it – twice – and left…", "cp1252"),
        ("Мэр сообщил, что мост закрыт.", "cp1251"),
    ],
)
def test_a_text_that_was_decoded_wrongly_is_found_and_repaired(text, encoding):
    assert looks_garbled(garbled(text, encoding))
    assert repair(garbled(text, encoding)).text == text


def test_what_is_not_damage_stays_beside_what_is():
    text = f"“Good” quotes, ﬁne ligatures &amp; entities.\r\n{garbled('The café')}\x0bshut.\n\n"
    found = repair(text)
    assert found.text == "“Good” quotes, ﬁne ligatures &amp; entities.\r\nThe café\x0bshut.\n\n"
    assert [change.line for change in found.changes] == [2]


def test_a_change_shows_both_readings_cut_around_what_differs():
    line = f"{'word ' * 40}caf\u00c3\u00a9 opened {'word ' * 40}"
    (change,) = repair(line).changes
    assert "caf\u00c3\u00a9" in change.before
    assert "café" in change.after
    assert len(change.before) < 80


@given(st.text())
def test_repairing_keeps_every_line(text):
    found = repair(text)
    assert found.text.count("\n") == text.count("\n")
    assert bool(found.changes) is (found.text != text)


@given(st.text(alphabet="\u00c3\u00a9\u00e2\u20ac\u2122 \nabc"))
def test_looking_is_never_a_fault(text):
    assert looks_garbled(text) in (True, False)


def test_a_long_line_of_suspects_is_looked_at_in_time():
    started = time.process_time()
    looks_garbled("\u00c3\u00a9\u00e2\u20ac" * 250_000)
    repair("\u00c3\u00a9 \u00e2\u20ac" * 50_000)
    assert time.process_time() - started < 5
