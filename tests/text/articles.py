"""Articles written for these tests, in the manner of wire copy, and what each must become."""

from typing import NamedTuple


class Gold(NamedTuple):
    """A text and its segments as (kind, piece)."""

    text: str
    segments: list[tuple[str, str]]


ONE_LINE = Gold(
    " date 2021-07-08 TARVOS: Norland has shelled more than 210 bunkers of the Grey Column since "
    'May 4, a general said on Monday. "Since the guns arrived, we fired 512 times," '
    "Colonel General "
    'Oleg Brandt said. "In all, 210 bunkers are gone," he said. "We only fire at the Column. Our '
    'crews avoid Lake Mere," he said. The Free Army \ufffd the main rival \ufffd denied it.\n',
    [
        ("boilerplate", "date 2021-07-08"),
        ("dateline", "TARVOS:"),
        (
            "body",
            "Norland has shelled more than 210 bunkers of the Grey Column since May 4, a general "
            "said on Monday.",
        ),
        (
            "body",
            '"Since the guns arrived, we fired 512 times," Colonel General Oleg Brandt said.',
        ),
        ("body", '"In all, 210 bunkers are gone," he said.'),
        ("body", '"We only fire at the Column.'),
        ("body", 'Our crews avoid Lake Mere," he said.'),
        ("body", "The Free Army \ufffd the main rival \ufffd denied it."),
    ],
)

HEADLINE_BELOW = Gold(
    "Norland has sunk 40 “pirate boats” in the strait, its navy said on Friday.\n"
    "“We counted 40 boats,” Rear Adm. Ilse Karr told reporters.\n"
    "The U.S.-led patrol called the figure wrong. It was not asked, the U.S. said.\n"
    "\n"
    "Norland claims 40 ‘pirate boats’ sunk in the strait\n"
    "\n"
    "Frame grab taken from the navy’s footage shows smoke over a boat in the strait. (Reuters)\n"
    "DPA, Tarvos\n"
    "Friday 3 June 2016\n"
    "Last Update: Monday, 6 July 2020 CET 10:15 - GMT 09:15\n"
    "TODAY | MONTH |\n"
    "-\n"
    "8123 Views Bakers of Tarvos strike over flour prices\n"
    "-\n"
    "977 Views A cat crosses the strait\n"
    "SHOW MORE",
    [
        ("body", "Norland has sunk 40 “pirate boats” in the strait, its navy said on Friday."),
        ("body", "“We counted 40 boats,” Rear Adm. Ilse Karr told reporters."),
        ("body", "The U.S.-led patrol called the figure wrong."),
        ("body", "It was not asked, the U.S. said."),
        ("headline", "Norland claims 40 ‘pirate boats’ sunk in the strait"),
        (
            "caption",
            "Frame grab taken from the navy’s footage shows smoke over a boat in the strait. "
            "(Reuters)",
        ),
        ("byline", "DPA, Tarvos"),
        ("dateline", "Friday 3 June 2016"),
        ("boilerplate", "Last Update: Monday, 6 July 2020 CET 10:15 - GMT 09:15"),
        ("boilerplate", "TODAY | MONTH |"),
        ("boilerplate", "-"),
        ("boilerplate", "8123 Views Bakers of Tarvos strike over flour prices"),
        ("boilerplate", "-"),
        ("boilerplate", "977 Views A cat crosses the strait"),
        ("boilerplate", "SHOW MORE"),
    ],
)

BLANK_LINES = Gold(
    "Norland's war office: Raids will 'go on and on'\r\n\r\n"
    "Norland says it strikes the Column, but neighbours say it strikes villages.\r\n\r\n"
    "By Mara Ellison\r\n\r\n"
    'TARVOS, Norland, Sept. 9 (UPI) -- Norland says its raids will "go on and on."\r\n\r\n'
    "Lt. Col. J. K. Marlow said 30 raids hit the coast.\r\n\r\n\r\n"
    '"This makes it worse," the envoys wrote. "Stop the raids and fight the [Column]."\r\n\r\n'
    '"Then," Marlow said, "we go home."\r\n\r\n'
    "Latest Stories\r\n",
    [
        ("headline", "Norland's war office: Raids will 'go on and on'"),
        (
            "standfirst",
            "Norland says it strikes the Column, but neighbours say it strikes villages.",
        ),
        ("byline", "By Mara Ellison"),
        ("dateline", "TARVOS, Norland, Sept. 9 (UPI) --"),
        ("body", 'Norland says its raids will "go on and on."'),
        ("body", "Lt. Col. J. K. Marlow said 30 raids hit the coast."),
        ("body", '"This makes it worse," the envoys wrote.'),
        ("body", '"Stop the raids and fight the [Column]."'),
        ("body", '"Then," Marlow said, "we go home."'),
        ("boilerplate", "Latest Stories"),
    ],
)

SLASHED_AGENCY = Gold(
    "All news\n\n"
    "Norland's pilots fly 1,204 sorties over four lakes in a week\n\n"
    'A depot "with shells from abroad" was burnt down\n\n'
    "TARVOS, September 14. /TASS/. Pilots of Norland flew 1,204 sorties, a spokesman said.\n\n"
    'A K-7 plane burnt a depot "with shells from abroad." "We heard of it from fishermen," he '
    "said.\n\n"
    "Fishermen and pilots do not talk, despite Norland's wishes\n\n"
    "They often do not talk at all, he said.\n\n"
    "Grey Column\n\n"
    "The Grey Column is banned in Norland. In 2011-2012, it called itself the Lake Column (LC).",
    [
        ("boilerplate", "All news"),
        ("headline", "Norland's pilots fly 1,204 sorties over four lakes in a week"),
        ("standfirst", 'A depot "with shells from abroad" was burnt down'),
        ("dateline", "TARVOS, September 14. /TASS/."),
        ("body", "Pilots of Norland flew 1,204 sorties, a spokesman said."),
        ("body", 'A K-7 plane burnt a depot "with shells from abroad."'),
        ("body", '"We heard of it from fishermen," he said.'),
        ("subhead", "Fishermen and pilots do not talk, despite Norland's wishes"),
        ("body", "They often do not talk at all, he said."),
        ("subhead", "Grey Column"),
        ("body", "The Grey Column is banned in Norland."),
        ("body", "In 2011-2012, it called itself the Lake Column (LC)."),
    ],
)

SINGLE_LINES = Gold(
    "Norland's guns fire at two more lakes\n"
    "Norland's guns fired at two lakes over the past night, the ministry in Tarvos said Tuesday.\n"
    '"9 rounds were fired by the K-2 battery at Mere (Fort Mere battery). Two boats were hit," '
    "the statement said.\n"
    "Talking to the army?\n"
    "Meanwhile the minister said he would talk.\n"
    '"We will talk if it is an army of farmers... But it is a ghost," he said.',
    [
        ("headline", "Norland's guns fire at two more lakes"),
        (
            "body",
            "Norland's guns fired at two lakes over the past night, the ministry in Tarvos said "
            "Tuesday.",
        ),
        ("body", '"9 rounds were fired by the K-2 battery at Mere (Fort Mere battery).'),
        ("body", 'Two boats were hit," the statement said.'),
        ("subhead", "Talking to the army?"),
        ("body", "Meanwhile the minister said he would talk."),
        ("body", '"We will talk if it is an army of farmers...'),
        ("body", 'But it is a ghost," he said.'),
    ],
)

HARD_WRAPPED = Gold(
    "Harbour closed after the raid\n"
    "\n"
    "TARVOS (Reuters) - The harbour of Tarvos was closed on\n"
    "Thursday after a raid that killed at least nine dockers,\n"
    "the mayor said. Gen. Ada Voss denied that any plane had\n"
    "crossed the lake.\n"
    "\n"
    '"No plane of ours was in the air that night," she told\n'
    'the radio. "Ask those who were."\n',
    [
        ("headline", "Harbour closed after the raid"),
        ("dateline", "TARVOS (Reuters) -"),
        (
            "body",
            "The harbour of Tarvos was closed on\nThursday after a raid that killed at least nine "
            "dockers,\nthe mayor said.",
        ),
        ("body", "Gen. Ada Voss denied that any plane had\ncrossed the lake."),
        ("body", '"No plane of ours was in the air that night," she told\nthe radio.'),
        ("body", '"Ask those who were."'),
    ],
)

LINKS_BELOW = Gold(
    "Home > World > Norland\n"
    "Bridge of Orlen falls in storm\n"
    "By Ali al-Omar and Jane Frost, Reuters\n"
    "Photo: Reuters\n"
    "The bridge fell at noon, police said. Nobody was hurt. (Reuters)\n"
    "Reporting by Ali al-Omar; Editing by Jane Frost\n"
    "Read more: Storms of the century\n"
    "Ferry prices double overnight\n"
    "Mayor of Orlen loses vote\n"
    "Ten bridges to see before winter\n"
    "© 2016 Orlen Post. All rights reserved.",
    [
        ("boilerplate", "Home > World > Norland"),
        ("headline", "Bridge of Orlen falls in storm"),
        ("byline", "By Ali al-Omar and Jane Frost, Reuters"),
        ("credit", "Photo: Reuters"),
        ("body", "The bridge fell at noon, police said."),
        ("body", "Nobody was hurt."),
        ("credit", "(Reuters)"),
        ("byline", "Reporting by Ali al-Omar; Editing by Jane Frost"),
        ("boilerplate", "Read more: Storms of the century"),
        ("boilerplate", "Ferry prices double overnight"),
        ("boilerplate", "Mayor of Orlen loses vote"),
        ("boilerplate", "Ten bridges to see before winter"),
        ("boilerplate", "© 2016 Orlen Post. All rights reserved."),
    ],
)

EMOJI = Gold(
    "🔥 Fire on Lake Mere 🔥\n\n"
    "The fire is out 🚒. Nobody was hurt 🙏🏽! “Thank you 👩‍🚒,” he wrote.\n",
    [
        ("headline", "🔥 Fire on Lake Mere 🔥"),
        ("body", "The fire is out 🚒."),
        ("body", "Nobody was hurt 🙏🏽!"),
        ("body", "“Thank you 👩‍🚒,” he wrote."),
    ],
)

RIGHT_TO_LEFT = Gold(
    "قال الوزير إن الجسر سقط. هل كان أحد هناك؟ لا أحد.\n\nالجسر آمن الآن.",
    [
        ("body", "قال الوزير إن الجسر سقط."),
        ("body", "هل كان أحد هناك؟"),
        ("body", "لا أحد."),
        ("body", "الجسر آمن الآن."),
    ],
)

SECTION_ABOVE = Gold(
    "Middle Lakes\nPort of Mere opens again after a week\nShips wait in a long line off the pier\n"
    "Dockers call for more pay and for fewer nights\nStrike not ruled out\n"
    "The port opened at dawn.",
    [
        ("boilerplate", "Middle Lakes"),
        ("headline", "Port of Mere opens again after a week"),
        ("standfirst", "Ships wait in a long line off the pier"),
        ("standfirst", "Dockers call for more pay and for fewer nights"),
        ("subhead", "Strike not ruled out"),
        ("body", "The port opened at dawn."),
    ],
)

NO_PROSE = Gold(
    "Bridge falls\nMayor resigns\nFerry prices double",
    [("body", "Bridge falls"), ("body", "Mayor resigns"), ("body", "Ferry prices double")],
)

BULLETS = Gold(
    "What we know\nThe dam broke at night.\n- Nine villages are flooded\n- Two roads are closed\n"
    "Police asked people to stay at home.",
    [
        ("headline", "What we know"),
        ("body", "The dam broke at night."),
        ("body", "- Nine villages are flooded"),
        ("body", "- Two roads are closed"),
        ("body", "Police asked people to stay at home."),
    ],
)

ARTICLES = {name.lower(): gold for name, gold in list(globals().items()) if isinstance(gold, Gold)}
