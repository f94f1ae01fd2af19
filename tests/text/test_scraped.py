import pytest

from tests.text.scraped import SCRAPED
from workbench.text.details import find_details
from workbench.text.kinds import QUEUED_KINDS, Kind
from workbench.text.segmenting import segment


@pytest.mark.parametrize("name", SCRAPED)
def test_golden_pages(name):
    (text, expected), language = SCRAPED[name]

    found = segment(text, language)

    assert [(str(piece.kind), piece.of(text)) for piece in found] == expected


@pytest.mark.parametrize(
    ("name", "title", "author", "published"),
    [
        (
            "station",
            "Harbor pilots walk out over night shifts in Port Tarlow",
            "Dana Whitlock",
            "2019-03-09",
        ),
        ("daily", "El puerto de Almenza cierra tras el choque de dos buques", None, None),
        ("paper", "Streit um neue Schleuse: Hafenamt legt Zahlen vor", None, None),
        ("agency", "В порту Верхнегорска загорелся склад", None, None),
        ("ticker", "Lake Mere ferry line to cut winter service", "Iris Colby", None),
    ],
)
def test_details_of_pages(name, title, author, published):
    (text, _), language = SCRAPED[name]

    found = find_details(text, segment(text, language))

    assert found.title == title
    assert author in {None, found.author}
    assert published in {None, found.published}


MENU = ["Lakes", "Hills", "Rivers", "Towns"]


def kinds(*lines):
    return [piece.kind for piece in segment("\n".join(lines))]


def test_four_short_lines_are_a_menu_and_three_are_not():
    assert kinds("The bridge fell.", *MENU, "It was old.")[1:-1] == [Kind.BOILERPLATE] * 4
    assert kinds("The bridge fell.", *MENU[:3], "It was old.")[1:-1] == [Kind.SUBHEAD] * 3


def test_a_list_that_a_colon_announces_is_kept():
    text = ["The bridge at Orlen fell on Friday night.", "These lie cut off:", *MENU, "It was old."]

    assert all(kind in QUEUED_KINDS for kind in kinds(*text))


def test_a_table_of_figures_is_kept():
    rows = ["Lakes 4", "Hills 17", "Rivers 0", "Towns 3"]

    assert all(kind in QUEUED_KINDS for kind in kinds("The bridge fell.", *rows, "It was old."))


def test_a_short_headline_below_a_menu_is_kept():
    assert kinds(*MENU, "Bridge falls", "By Ana Roth", "The bridge fell.")[4] is Kind.HEADLINE
    assert kinds(*MENU, "Bridge falls", "The bridge fell on Friday.")[4] is Kind.HEADLINE


def test_a_headline_that_comes_twice_is_one():
    text = ["Bridge of Orlen falls", "By Ana Roth", "The bridge fell.", "Bridge of Orlen falls"]

    assert kinds(*text) == [Kind.HEADLINE, Kind.BYLINE, Kind.BODY, Kind.BOILERPLATE]


@pytest.mark.parametrize(
    "line",
    [
        "Facebook 12 Twitter 3",
        "Compartir en Facebook",
        "FacebookTwitterEmail",
        "Partager sur Twitter",
        "Print | Email | Share",
        "Log in / Sign up",
        "Iniciar sesión",
        "Zur Startseite",
        "ログイン",
    ],
)
def test_buttons_are_boilerplate(line):
    assert kinds(line, "The bridge fell.") == [Kind.BOILERPLATE, Kind.BODY]


@pytest.mark.parametrize(
    "line",
    [
        "Print is dead in Orlen",
        "Facebook sues the town",
        "Share of votes falls",
        "Twitter and the mayor",
        "Line workers strike",
    ],
)
def test_a_headline_about_a_network_is_a_headline(line):
    assert kinds(line, "By Ana Roth", "The bridge fell.")[0] is Kind.HEADLINE


@pytest.mark.parametrize(
    "line",
    [
        "By Ana Roth | 9 May 2016 10:15",
        "Ana Roth, Orlen Post 10:15 a.m. EST May 9, 2016",
        "ANA ROTH / JO VOSS Orlen 9 May 2016 - 10:15 CET",
        "By Ana Roth Tuesday, May 3, 2016",
    ],
)
def test_a_byline_may_end_in_its_date(line):
    text = f"Bridge falls\n{line}\nThe bridge fell."

    assert [piece.kind for piece in segment(text)] == [Kind.HEADLINE, Kind.BYLINE, Kind.BODY]
    assert find_details(text, segment(text)).published.startswith("2016-05")


@pytest.mark.parametrize("line", ["The bridge of Orlen, May 3, 2016", "He left on 3 May 2016"])
def test_a_line_that_ends_in_a_date_need_not_be_a_byline(line):
    assert Kind.BYLINE not in kinds("Bridge falls", line, "The bridge fell.")


TEASERS = [
    "Old cinema finds a buyer in Orlen at last",
    "Seven walks along the shore of Lake Mere",
    "Ferry fares to rise by a third in spring",
    "Mayor sells the town's last wooden tram to…",
    "Which apples keep until the end of winter",
]


def test_a_row_of_headings_inside_the_text_are_links():
    text = ["The bridge at Orlen fell on Friday night.", *TEASERS, "Nobody was hurt, she said."]

    assert kinds(*text) == [Kind.BODY, *[Kind.BOILERPLATE] * 5, Kind.BODY]


def test_a_row_that_a_colon_announces_is_kept():
    text = ["The prize of Orlen went to these five films:", *TEASERS, "Nobody was hurt, she said."]

    assert all(kind in QUEUED_KINDS for kind in kinds(*text))


@pytest.mark.parametrize(
    "line",
    [
        "3 mai 2016 à 10:15 (mis à jour: 11:40)",
        "更新时间 2016年5月3日 10:15",
        "기사입력 2016-05-03 10:15:00 기사수정 2016-05-03 11:00:00",
        "الثلاثاء، 03 أيار/مايو 2016، آخر تحديث 10:15",
        "вторник, 3 мая 2016 10:15",
    ],
)
def test_a_day_and_an_hour_with_hardly_a_word_are_a_date(line):
    assert kinds("Bridge falls", line, "The bridge fell.")[1] is Kind.DATELINE


@pytest.mark.parametrize(
    "line", ["Quake at 10:15 on 3 May 2016 kills 12", "Мост упал в 10:15 3 мая 2016 года в городе"]
)
def test_a_headline_with_a_day_and_an_hour_is_a_headline(line):
    assert kinds(line, "By Ana Roth", "The bridge fell.")[0] is Kind.HEADLINE


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("桥昨晚塌了。没有人受伤。市长说桥很旧。谁来付钱？", 4),
        ("昨夜、橋が落ちた。けが人はいない。誰が費用を払うのか？", 3),
        ("पुल कल रात गिर गया। कोई घायल नहीं हुआ। पैसा कौन देगा?", 3),
    ],
)
def test_a_paragraph_that_ends_in_a_question_is_no_heading(text, count):
    whole = f"{text}\n\n{text[: text.index(text[-5])]}\n\n{text}"

    assert [piece.kind for piece in segment(whole, "zh")][-count:] == [Kind.BODY] * count


def test_a_paragraph_of_several_sentences_before_a_name_in_brackets_is_no_caption():
    text = (
        "The bridge fell at night. Nobody saw it go. The mayor came at dawn. It was old. (Voss/AFP)"
    )

    assert kinds("Bridge falls", "By Ana Roth", text)[2:] == [*[Kind.BODY] * 4, Kind.CREDIT]


def test_a_caption_of_two_sentences_and_its_credit_stay_a_caption():
    text = "The bridge on Friday. The gates below are under repair. (Photo: Jo Voss)"

    assert kinds("Bridge falls", "By Ana Roth", text)[2:] == [Kind.CAPTION, Kind.CREDIT]


def test_of_many_headings_the_one_that_tells_the_story_is_the_headline():
    text = [
        "Lisk Radio is a service of the valley",
        "Choose the valley that you live in",
        "Old cinema finds a buyer in Brenn",
        "Bridge of Orlen falls into the river",
        "By Ana Roth",
        "The bridge of Orlen fell into the river on Friday night, she said.",
    ]

    assert kinds(*text)[:4] == [*[Kind.BOILERPLATE] * 3, Kind.HEADLINE]


def test_a_menu_may_end_in_small_letters_and_hold_names_of_agencies():
    text = [*MENU, "AFP", "more", "The bridge of Orlen fell on Friday night, she said."]

    assert kinds(*text) == [*[Kind.BOILERPLATE] * 6, Kind.BODY]


def test_a_byline_among_short_lines_ends_the_menu():
    text = [*MENU, "Bridge falls", "By Roth", "Lakes", "The bridge fell on Friday night, she said."]

    assert kinds(*text)[4:6] == [Kind.HEADLINE, Kind.BYLINE]


def test_a_menu_may_be_the_end_of_the_page():
    assert kinds("The bridge fell on Friday night, she said.", *MENU)[1:] == [Kind.BOILERPLATE] * 4
