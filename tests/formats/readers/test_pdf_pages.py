import pytest

from tests.formats.readers.making import again_and_again, printed
from workbench.formats.readers.pdf_pages import Bounds, Printed, read
from workbench.formats.readers.record import ReaderError

ONE = printed([[(72.0, 700.0, "The bridge fell.")]], title="Bridge")


def test_text_title_and_faults_are_told():
    broken = printed([[(72.0, 700.0, "It held.")]] * 2).replace(
        b"/Type /Page /", b"/Type /Nil /", 1
    )

    assert read(ONE, Bounds()) == Printed("The bridge fell.", "Bridge")
    assert read(broken, Bounds()).problems == ("page 1 could not be read",)


@pytest.mark.parametrize(
    ("data", "bounds", "word"),
    [
        (ONE, Bounds(pages=0), "pages"),
        (ONE, Bounds(characters=5), "more text"),
        (b"%PDF-1.4 and nothing", Bounds(), "damaged"),
        (again_and_again(b"(Fell.) Tj ", 10), Bounds(characters=20), "more text"),
    ],
)
def test_what_is_beyond_the_bounds_is_refused(data, bounds, word):
    with pytest.raises(ReaderError, match=word):
        read(data, bounds)
