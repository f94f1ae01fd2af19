import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.attributions import attributions
from workbench.text.kinds import Kind
from workbench.text.quotations import quote_groups
from workbench.text.segmenting import segment


def named(text, language="en"):
    return attributions(text, segment(text, language))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("He left. She stayed.", [None, None]),
        ('"We left," he said. He wept.', [0, None]),
        ('"We left," he said. "We had to."', [0, 0]),
        ('"We left," he said. "We had to." "We did."', [0, 0, 0]),
        ('"We left. We ran," he said. "Far."', [1, 1, 1]),
        ("He said: “It is over. We lost. We go.”", [0, 0, 0]),
        ('"We left," he said. She wept. "Far."', [0, None, None]),
        ('He met the "pilots" on Friday. "Far."', [None, None]),
        ("„Wir gehen“, sagte er. „Jetzt.“", [0, 0]),
        ("« Nous partons », dit-il. « Vite. »", [0, 0]),
        ("«Мы уходим», — сказал он. «Сейчас».", [0, 0]),
    ],
)
def test_who_speaks(text, expected):
    assert named(text) == expected


def test_a_sentence_in_brackets_of_another_script_is_attributed():
    assert named("「行くぞ。」と彼は言った。", "ja") == [0]


def test_a_quotation_below_another_headline_inherits_nothing():
    text = (
        '"We left," he said on the pier of Orlen.\nBridge news\n"It fell in the night, all of it."'
    )

    assert named(text) == [0, None, None]


TEXTS = st.lists(
    st.sampled_from(['"', "“", "”", "„", "«", "»", "A. ", "he said", ", ", "b", "\n", " ", "B: "])
).map("".join)


@given(st.one_of(TEXTS, st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_speaker_is_named_at_or_near_the_quotation(text):
    segments = segment(text)
    found = attributions(text, segments)
    groups = quote_groups(text, segments)

    assert len(found) == len(segments)
    for number, speaker in enumerate(found):
        if speaker is None:
            continue
        assert segments[speaker].kind in {Kind.BODY, Kind.STANDFIRST}
        is_before = speaker <= number
        assert is_before or groups[speaker] == groups[number] is not None
