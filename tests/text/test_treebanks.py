"""What is measured on treebanks: how they are read, laid out and scored."""

import pytest

from tests.bench.treebank import LAYOUTS, Sentence, golds, main, missed, read, scores

CONLLU = """# newdoc id = lisk-1
# newpar
# sent_id = 1
# text = The ferry  left Lisk.
1\tThe\tthe\t_\t_\t_\t0\troot\t_\t_

# sent_id = 2
# text = Nobody was on board of the old boat that had waited for so many years.
1\tNobody\tnobody\t_\t_\t_\t0\troot\t_\t_

# newpar = p (1 s)
# text = It sank near the pier.
1\tIt\tit\t_\t_\t_\t0\troot\t_\t_

# newdoc
# text = "Why?" asked the mayor.
1\t"\t"\t_\t_\t_\t0\troot\t_\t_
"""
PLAIN = """The ferry left Lisk.
Nobody was on board.

It sank near the pier

He saw it from there and
said nothing.
"""


@pytest.fixture
def conllu(tmp_path):
    path = tmp_path / "lisk.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "lisk.txt"
    path.write_text(PLAIN, encoding="utf-8")
    return path


def test_a_conllu_file_says_where_paragraphs_and_documents_begin(conllu):
    found = read(conllu)

    assert found[0] == Sentence("The ferry left Lisk.", opens_paragraph=True, opens_document=True)
    assert [sentence.opens_paragraph for sentence in found] == [True, False, True, True]
    assert [sentence.opens_document for sentence in found] == [True, False, False, True]


def test_in_plain_text_a_line_is_a_sentence_and_an_empty_line_ends_a_paragraph(plain):
    found = read(plain)

    assert [sentence.text for sentence in found][1:3] == [
        "Nobody was on board.",
        "It sank near the pier",
    ]
    assert [sentence.opens_paragraph for sentence in found] == [False, False, True, True, False]


def test_a_document_is_laid_out_as_articles_are(conllu):
    texts = {layout: golds(read(conllu), layout, "en")[0].text for layout in LAYOUTS}

    assert texts["paragraphs"].endswith("years.\n\nIt sank near the pier.")
    assert "\n" not in texts["line"]
    assert max(map(len, texts["wrapped"].splitlines())) <= 72
    assert {" ".join(text.split()) for text in texts.values()} == {texts["line"]}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_gold_piece_stands_in_its_text(conllu, layout):
    for gold in golds(read(conllu), layout, "en"):
        at = 0
        for _, piece in gold.segments:
            at = gold.text.index(piece, at) + len(piece)
        assert at == len(gold.text)


def test_nothing_stands_between_two_sentences_where_no_spaces_are_written(tmp_path):
    path = tmp_path / "lisk.txt"
    path.write_text("桥塌了。\n没有人受伤。\n", encoding="utf-8")

    assert golds(read(path), "paragraphs", "zh")[0].text == "桥塌了。没有人受伤。"


def test_sentences_that_are_found_again_score_one(conllu):
    mine, _ = scores(conllu, "paragraphs", "en")

    assert (mine.boundary, mine.exact, mine.n) == (1.0, 1.0, 4)


def test_an_end_that_is_missed_costs_and_is_shown(plain, capsys, monkeypatch):
    # The last sentence of the file goes on over a line end, which no splitter would cut.
    mine, _ = scores(plain, "paragraphs", "en")
    (gold,) = golds(read(plain), "paragraphs", "en")
    monkeypatch.setattr("sys.argv", ["treebank", "--show", "5", str(plain)])
    main()

    assert mine.boundary == pytest.approx(6 / 7)
    assert list(missed(gold, "en")) == [
        ".⏎⏎It sank near the pier⏎⏎He saw it from there and | said nothing."
    ]
    assert "there and | said nothing." in capsys.readouterr().out
