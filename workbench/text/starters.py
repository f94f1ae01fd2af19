"""Words that are small inside a sentence, so that a capital on one begins a new sentence.

They settle what an abbreviation leaves open: "ok. 5 km. Do" against "ul. Dworcowa". Words that
open names as well (the French "Le", the Dutch "Van") are left out.
"""

import re
from functools import cache

from workbench.text.places import Check, Place

_WORDS = {
    "bg": (
        "Но Той Тя Те Това Тези Този Тази Ако Когато Според След Преди Също Докато Какво Защо Ние "
        "В На От За През Със"
    ),
    "ca": (
        "Però Aquest Aquesta Aquests Això També Quan Segons Si Què Com Després Ara Hi No Ell Ella"
    ),
    "cs": (
        "Ale Ten Tato Toto Tento Podle Když Pokud Je Jsou Byl Byla Bylo Také Jak Kdo Kde Proč "
        "Na Ve Za Po Při Pro Od Do Ze Už Není Tak To"
    ),
    "da": (
        "Det Den Der Han Hun De Vi Men Og Som Hvis Når Efter Ifølge Hvad Hvem Hvor Hvorfor Jeg "
        "I På Til Fra"
    ),
    "de": (
        "Das Der Die Dies Diese Dieser Dieses Er Es Sie Wir Ich Ein Eine Aber Und Oder Wenn Als "
        "Auch Nach Bei In Im Mit Für Auf Dort Dann Dabei Doch Nun So Was Wer Wo Warum Wie Noch "
        "Nur"
    ),
    "el": (
        "Αλλά Αυτό Αυτή Αυτός Όταν Αν Επίσης Σύμφωνα Μετά Πριν Γιατί Ποιος Πώς Όμως Δεν Θα Για "
        "Στην Στον Στο Και Ο Η Οι Το Τα Τον Την Ένας Μια"
    ),
    "es": (
        "Pero El Los Las Un Una Este Esta Estos Estas Esto Eso Ese Ella Ellos También Cuando "
        "Según Si Qué Cómo Después Ahora No En Por Para Con Se Su Sus Hay Así Sin Más"
    ),
    "fi": (
        "Se Hän He Ne Tämä Mutta Kun Jos Myös Mukaan Mitä Kuka Missä Miksi Nyt Ei On Ja Me Minä "
        "Sen Siitä Lisäksi Silti"
    ),
    "fr": (
        "Mais Il Elle Ils Elles On Nous Cette Ces Selon Quand Si Après Avant Aussi Puis Que Qui "
        "Où Pourquoi Comment Dans Pour Avec Sur Ce Cela Un Une Les Et En"
    ),
    "hr": (
        "Ali Ovo Ova Ovaj To Kada Ako Prema Također Nakon Prije Što Tko Gdje Zašto On Ona Oni "
        "Na Za Nije Je"
    ),
    "hu": "De Ez Az A Egy Ha Amikor Szerint Mi Ki Hol Miért Ezt Nem És Is Majd Most Még Csak",
    "id": (
        "Tetapi Namun Ini Itu Dia Mereka Kami Jika Ketika Menurut Setelah Sebelum Juga Apa "
        "Siapa Di Pada Untuk"
    ),
    "it": (
        "Ma Il Gli Un Una Questo Questa Questi Queste Quando Secondo Se Dopo Prima Anche Che "
        "Chi Dove Perché Come Non In Per Con Sono È Si Nel Nella"
    ),
    "nl": (
        "Maar Het Een Dit Dat Deze Die Hij Zij We Wij Ik Als Toen Volgens Ook Na Wat Wie Waar "
        "Waarom Hoe En Er In Op Voor Met"
    ),
    "no": (
        "Det Den Der Han Hun De Vi Men Og Som Hvis Når Etter Ifølge Hva Hvem Hvor Hvorfor Jeg I "
        "På Til Fra"
    ),
    "pl": (
        "Ale To Ten Ta Te Tak W We Na Nie Jest Są Był Była Było Jak Kto Co Gdzie Dlaczego Po "
        "Przed Przy Według Jeśli Gdy Kiedy Oraz I Za Od Do Zaś On Ona Oni Także Już"
    ),
    "pt": (
        "Mas Um Uma Este Esta Estes Estas Isto Isso Ele Ela Eles Elas Também Quando Segundo Se "
        "Que Quem Onde Como Depois Agora Não Em Por Para Com No Na Os As"
    ),
    "ro": (
        "Dar Acest Această Acesta Aceasta Aceste El Ea Ei Dacă Când După Și De Din La În Pe Ce "
        "Cine Unde Cum Nu Este Sunt Un O Pentru Cu"
    ),
    "ru": (
        "Но Это Этот Эта Эти Он Она Они Оно Мы Вы Если Когда По После До Также Что Кто Где "
        "Почему Как В Во На Не И Для За Из От При С К У А Так Там Тогда Его Её Их"
    ),
    "sk": (
        "Ale Ten Táto Toto Tento Podľa Keď Ak Je Sú Bol Bola Bolo Aj Ako Kto Kde Prečo Na Vo Za "
        "Po Pri Pre Od Do Zo Už Nie Tak To"
    ),
    "sl": "Ampak Toda Ta To Ko Če Tudi Po Pred Kaj Kdo Kje Zakaj On Ona Oni V Na Za Ni Je",
    "sr": (
        "Али Ово Ова Овај То Када Ако Према Такође После Пре Шта Ко Где Зашто Он Она Они На За "
        "Није У"
    ),
    "sv": (
        "Det Den De Han Hon Vi Men Och Som Om När Efter Enligt Vad Vem Var Varför Jag I På Till "
        "Från En Ett Detta"
    ),
    "tr": (
        "Ama Ancak Fakat Çünkü Bu Şu O Onlar Biz Ben Sen Siz Bunun Böyle Böylece Eğer Göre "
        "Sonra Önce Ayrıca Ne Kim Nerede Neden Nasıl Ve Bir Bazı Birçok Daha Her Hiç Yine Elbette"
    ),
    "uk": (
        "Але Це Цей Ця Ці Він Вона Вони Воно Ми Ви Якщо Коли За Після До Також Що Хто Де Чому "
        "Як У В На Не І Й Для Із З Від При Та Так Там Тоді Його Її Їх"
    ),
}
_SAME = {"nb": "no", "nn": "no", "bs": "hr", "be": "ru", "gl": "pt", "ms": "id"}
_OPEN = r"[\"'“‘«„‚»(\[–—-]*\s?"
# German writes what an ordinal counts with a capital, and has rules of its own for figures.
_ORDINALS = {
    "de": re.compile(r"(?:^|\s)[IVX]{1,5}\.$"),
    "tr": re.compile(r"(?:^|\s)(?:\d{1,2}|[IVX]{1,5})\.$"),
}
_SHORT = re.compile(r"(?:^|[\s\d(°.])[^\W\d_]{1,4}\.$")
_SMALL = re.compile(r"(?:^|[\s\d(°.])(?P<letter>[^\W\d_])\.$")
_NUMERALS = "IVXІХ"
# A letter of which a sentence speaks, "the letter U.", stands behind a longer word in small
# letters; the initial of a name stands behind another name.
_SPOKEN_OF = re.compile(r"[^\W\d_A-ZА-ЯΑ-Ω]{4,}\s[^\W\d_]\.$")


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = _WORDS.get(_SAME.get(language, language), "").split()
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"{_OPEN}(?:{longest_first})(?![\w'’.-])" if words else r"(?!)")


@cache
def counts(language: str) -> Check:
    """Return the check of an ordinal number before a capital that need not begin a sentence."""
    number = _ORDINALS.get(language, re.compile(r"(?!)"))
    pattern = _pattern(language)

    def is_counted(place: Place) -> bool:
        is_ordinal = number.search(place.left) is not None and place.right[:1].isupper()
        return is_ordinal and not pattern.match(place.right)

    return is_counted


@cache
def begins(language: str) -> Check:
    """Return the check of a short word and its stop before a word that only begins sentences."""
    pattern = _pattern(language)

    def is_begun(place: Place) -> bool:
        return pattern.match(place.right) is not None and _SHORT.search(place.left) is not None

    return is_begun


@cache
def unless_begun(language: str, check: Check) -> Check:
    """Return a check for initials and titles without units ("in 1907 r. To") and numerals."""
    is_begun = begins(language)

    def is_joined(place: Place) -> bool:
        if not check(place):
            return False
        found = _SMALL.search(place.left)
        letter = found["letter"] if found else ""
        is_unit = letter.islower() or letter in _NUMERALS or _SPOKEN_OF.search(place.left)
        return not (letter and is_unit and is_begun(place))

    return is_joined
