import pytest

from workbench.text.sentences import MAX_BRACKET, sentences
from workbench.text.spans import Span


def split(text, language="en"):
    return [piece.of(text) for piece in sentences(text, Span(0, len(text)), language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Col. Gen. Irina Sol left.", "Gov. Hale stayed."],
        ["The U.S. Navy left the U.S.", "The U.K. did not.", "K.C. Maurer did."],
        ["A U.S.-led patrol met the (C.I.A.) Director.", "He was late."],
        ["J. K. Marlow wrote it.", "That was plan B.", "The plan failed."],
        ["See No. 5 of Oct. 4 and Art. 3.", "It says no.", "Nobody read it."],
        ["Gate no. 4 is shut in the U.S.", "He’s the V.P.", "It’s his."],
        ["GDP grew 3.2%.", "Wages fell."],
        ['"It must stop [at once]."', '"Rightly, they [the envoys] have left."'],
        ['"Why?" he asked.', '"Stop!" Ana Roth said.', '"Who?"', "Nobody knew."],
        ['"We left." she wrote.', "Then she came back."],
        ["“It is over.”", "“It is not,” he said."],
        ["They are farmers...", "But they fight.", "They fight… and farm.", "So… we wait."],
        ["Wow!!!", "Really?!", "Wait. . . .", "Then go."],
        ["He spoke (for once. At last.) and left.", "She did not."],
        ["1. The army left.", "2. The navy stayed."],
        ["She was born in St. Paul, Minn.", "His father died in Dec.", "It was cold."],
        ["It is Mr. Roe Jr. vs. Voss now.", "Shares of Roe Bros. fell."],
        ["So I think, too :)", "Thanks!!", "see you"],
        ["He left at 5 p.m. on Friday.", "He said so — twice."],
        ["The pier can't.", "Maren knows.", "She won't.", "Really.", "They don't say 'a.'"],
        ["One (!) Ferry sank.", "They [...] Call it fate.", "It sank (for good).", "Nobody swam."],
        ["It fell.[12]", "It was old.¹", "Nobody was hurt."],
        ["It fell. [12]", "It was old. [a]", "It was his. [citation needed]", "So they say."],
        ["It fell [4].", "He wrote “at last.” [5]", "They left."],
        ["The bridge belonged to Charles V.", "This was in 1531.", "From A to B.", "I know why."],
        ["“No.", "Nobody came.”", "Gate No. 5 is shut.", "“Mm.”", "“No.”", "“Who did?”"],
        ["The ferry was late..", "The bridge, too....", "Nobody said why."],
        ["It opens at 9 a.m.", "We wait until 4 p.m. today.", "He left at 5 p.m. for home."],
        ["Is it steep?", "2. Is it long?", "The rules: 1. The boat waits."],
        ["How many came?", "Dead: 12.", "The police said so."],
        ["On Sat. Oct. 4 and Mon. 6 May it rained.", "He reads The Sun.", "12 people left."],
        ["Lisk Ferries Pty. Ltd. and Brenn Co. Inc. sank, esp. Brenn.", "P.S. The boat is safe."],
        ["“Sorry!” I say.", "“Who is it?” I asked.", "“Well!”", "I left."],
        ["That is good. :)", "only in winter.", "Thanks! ^_^", "See you."],
        ["The pier is shut. ***", "The mayor left. -----", "Nobody stayed."],
        ["“It sank!”, he said.", "« Hélas ! », she said.", "They left."],
        ["See Report.XLS and Lisk.Pptx for more.", "It is long."],
    ],
)
def test_golden_rules(expected):
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met the army.The minister left.", ["He met the army.", "The minister left."]),
        ("It was 2015.The army left.", ["It was 2015.", "The army left."]),
        ("“Go.”The man left.", ["“Go.”", "The man left."]),
        ('He said "go now."The man left.', ['He said "go now."', "The man left."]),
        ('They left us."We stay," he said.', ["They left us.", '"We stay," he said.']),
        ("See www.Lakes.Org or a@lakes.Org or Report.Final.Pdf now.", None),
        ("See news.Com and lakes/notes.The now.", None),
    ],
)
def test_glued_sentences_part_and_addresses_do_not(text, expected):
    assert split(text) == (expected or [text])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Das ist z.B. ein Satz.", "Und Dr. Maier schrieb Nr. 5."]),
        ("fr", ["M. Dupont est parti.", "Il pleut."]),
        ("ru", ["Мост упал.", "Никто не пострадал."]),
        ("hi", ["पुल गिर गया।", "कोई घायल नहीं हुआ।"]),
        ("ur", ["پل گر گیا۔", "کوئی زخمی نہیں ہوا۔"]),
        ("de", ["König Otto II. Schloss fiel im II. Weltkrieg.", "Nach Otto III.", "Er starb."]),
        ("tr", ["Köprüyü 5. Alay korudu.", "II. Dünya Savaşı bitti.", "Yaşı 35.", "Bu az değil."]),
        ("hu", ["Leomlott a híd – mondta.", "– Senki sem sérült meg.", "1907. május 4-én épült."]),
        ("de", ["Es war ein (!) Boot.", "Das Floß (?) Sank.", "Er ging."]),
        ("fr", ["Qui l’a vu ? demanda le maire.", "Personne !", "Le pont […] Rouge est tombé."]),
        (
            "es",
            ["El puente cayó.[3]", "Nadie murió, cf. cap. IV del informe.", "Costó 5 m.", "No sé."],
        ),
        ("pl", ["Most stał od 1907 r.", "To był dobry rok.", "W 1907 r. Lisk miał trzy mosty."]),
        (
            "uk",
            ["«Хто бачив?» — спитав мер.", "Ніхто!", "Він жив на вул. Озерній у 33 тис. кроків."],
        ),
        ("ru", ["«Стой!» — крикнул он.", "Король Карл V.", "Он молчал."]),
        ("ro", ["Erau mere, pere ș.a.m.d.", "În sat nu era nimeni.", "Sunt 30°C.", "Este cald."]),
        ("fr", ["« Un pont est tombé ! », dit le maire.", "Personne n’a crié. [3]", "Il pleut."]),
        ("ro", ["„A căzut podul!”, a spus primarul.", "Nimeni nu a răspuns."]),
        ("hr", ["Grad pripada EU-u.", "Gradonačelnik šuti.", "Most stoji 2 mlrd. EUR godišnje."]),
        ("bg", ["Пише се с буквата У.", "От кметството мълчат.", "Дойде и А. Лисков."]),
        ("el", ["Λείπει το γράμμα u.", "Η γέφυρα έπεσε.", "Ήρθε ο Α. Λισκ."]),
        ("hi", ["यू.के. से दल आया।", "वह एस.पी. के घर गया।", "“सब ठीक है। ”", "फिर वह गया।"]),
        ("ko", ["다리가 무너졌다.", "아무도 다치지 않았다."]),
    ],
)
def test_other_languages(language, expected):
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["桥塌了。", "有人受伤吗？", "没有！"],
        ["“桥塌了。”", "他走了。"],
        ["「橋が落ちた。」と彼は言った。", "誰もいなかった。"],
        ["「橋が落ちた。", "川も増水した。」", "市長は黙っていた。"],
        ["「橋が落ちた。川も増水した。」と市長は言った。", "誰もいなかった。"],
        ["“谁看见了？”市长问道。", "“没有人。”", "他说此前没有人来过。"],
        ["他说： “ 桥塌了 。 ”", "没有人受伤 。"],
    ],
)
def test_scripts_without_spaces(expected):
    assert split("".join(expected), "zh") == expected


def test_a_bracket_that_is_closed_far_away_joins_nothing():
    filler = "word " * (MAX_BRACKET // 5)

    assert len(split(f"He left (so they say. {filler}) Then.")) == 2


def test_pieces_without_a_word_join_their_neighbour():
    assert split('... "!" He left. -- ?!') == ['... "!" He left. -- ?!']
