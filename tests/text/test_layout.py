import pytest

from workbench.text.segmenting import segment

LONG = (
    "Ministers, harbour authorities, unions and the owners of two ferry companies agree after "
    "nineteen hours of talks in the capital on a plan to reopen the eastern quay before winter "
    "ends and spring comes"
)


def kinds(text):
    return [str(piece.kind) for piece in segment(text)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A line of names beside the date is a byline; without a date it is a heading.
        (["Bridge falls", "Mara Ellison", "3 May 2016", "It fell."],
         "headline byline dateline body"),
        # A headline may end as sentences do where a byline, or the sign, shows what it is.
        (["The bridge is gone.", "By Mara Ellison", "It fell."], "headline byline body"),
        (["The bridge is gone!", "It fell at noon."], "headline body"),
        (["The bridge is gone.", "It fell at noon."], "body body"),
        (["the bridge is gone!", "It fell at noon."], "body body"),
        # The first line may be long, as long as it is one sentence without a stop.
        ([LONG, "By Mara Ellison", "It fell."], "headline byline body"),
        ([LONG, "It fell at noon, the port office said."], "headline body"),
        ([f"{LONG}.", "It fell at noon, the port office said."], "body body"),
        ([f"It rained. {LONG}", "It fell at noon."], "body body body"),
        ([2 * LONG, "It fell at noon, the port office said."], "body body"),
        # Questions, and what stands below the byline, are subheads.
        (["Bridge falls", "Why did it fall?", "It was old."], "headline subhead body"),
        (["Bridge falls", "By Mara Ellison", "The pier today", "It fell."],
         "headline byline subhead body"),
        # A name in brackets behind a sentence above the report belongs to a picture.
        (["Bridge falls", "Boats by the pier today. (Lakepress)", "By Mara Ellison", "It fell."],
         "headline caption byline body"),
        # The link above "Read more", and lists of links and of works, are no text.
        (["It fell.", "Ferry prices double", "Read more", "It was old."],
         "body boilerplate boilerplate body"),
        (["It fell.", "Related articles", "Ferry prices double", "It was old."],
         "body boilerplate boilerplate body"),
        (["It fell.", "Sources", "M. Ellison. The old bridge. Orlen, 2016.", "Pier plan (PDF)"],
         "body boilerplate boilerplate boilerplate"),
        # A headline behind the text brings along what heads an article.
        (["The old bridge fell into the lake.", "Old bridge falls into lake",
          "Boats search the lake.", "By Mara Ellison"],
         "body headline standfirst byline"),
        (["The old bridge fell into the lake.", "More about the old bridge", "It was old.",
          "It was grey.", "It was long.", "By Mara Ellison"],
         "body boilerplate body body body byline"),
        (["The old bridge fell.", "What the mayor knew", "He knew it all."], "body subhead body"),
        # Below "Best," there is a name; two sentences without a full stop are text.
        (["I wrote to you.", "Best,", "Lena"], "body body body"),
        (["It fell.", "Great bridge! Will come back", "It was old."], "body " * 4),
        # Two speakers in capitals make no city of the first.
        (["MARSH: We go home.", "PELL: We do not."], "body body"),
        (["MARSH: We go home.", "It was late."], "dateline body body"),
        # A slug in front of a headline is cut off.
        (["UPDATE 2-Bridge falls into lake", "(Adds mayor)", "It fell."],
         "boilerplate headline boilerplate body"),
    ],
)  # fmt: skip
def test_neighbours_decide(lines, expected):
    assert kinds("\n\n".join(lines)) == expected.split()
