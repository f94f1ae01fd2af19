"""Near copies of sentences: one wording for equal ones, and signatures that find similar ones.

Two sentences are *exact copies* when their normalised wordings are equal, and *near copies* when
the sets of their character 5-grams have a Jaccard index of at least 0.5 (of two sentences of equal
length: two thirds of the 5-grams in common). Near copies are found without comparing each with
each by MinHash (Broder, "On the resemblance and containment of documents", 1997) with locality
sensitive hashing in bands (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4): a
band is the hash of three MinHashes, and similar sentences share one of eight with the probability
1 - (1 - J^3)^8: 0.66 at J = 0.5, 0.96 at 0.7, 0.997 at 0.8, 0.002 at 0.06. What shares a band is
compared for good with `resemblance`, so that what is found is never wrong, only now and then
missed.
"""

import hashlib
import re
import struct
import unicodedata
from functools import lru_cache

from rensa import RMinHash

NEAR = 0.5
FEWEST_WORDS = 6  # shorter ones ("He declined to comment.") say too little to resemble each other
SHINGLE = 5
BANDS = 8
ROWS = 3
SEED = 1997

_DIGIT = re.compile(r"\d")
_QUOTE = re.compile('["`´‘’‚‛“”„‟«»‹›′″‵‶「」『』]')
_DASH = re.compile("[‐‑‒–—―−⸺⸻﹘]")
_BAND = struct.Struct(f"<B{ROWS}I")


def normalised(text: str) -> str:
    """The wording of a sentence, whatever its figures, quotes, dashes, case and white space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _plain(text))  # ´ would become a space
        text = unicodedata.normalize("NFKC", text.casefold())
    return _DIGIT.sub("0", " ".join(_plain(text.casefold()).split()))


def _plain(text: str) -> str:
    # Patterns, for `str.translate` asks a dict for each code point of a text that is not ASCII.
    return _DASH.sub("-", _QUOTE.sub("'", text))


def exact_key(wording: str) -> int:
    """A signed 64-bit number that equal wordings share and no others, for all practical purposes.

    Args:
        wording: A normalised sentence.
    """
    digest = hashlib.blake2b(wording.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def is_comparable(wording: str) -> bool:
    """Whether a wording is long enough to have near copies; if not, it has exact ones only."""
    return wording.count(" ") + 1 >= FEWEST_WORDS


def band_keys(wording: str) -> tuple[int, ...]:
    """One signed 64-bit number per band: near copies share one or more; none for short wordings.

    The same on every machine: the seed is fixed and the bytes hashed are in a fixed order.

    Args:
        wording: A normalised sentence.
    """
    if not is_comparable(wording):
        return ()
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update(_shingles(wording))
    hashes = sketch.digest()
    keys = []
    for band in range(BANDS):
        packed = _BAND.pack(band, *hashes[band * ROWS : (band + 1) * ROWS])
        digest = hashlib.blake2b(packed, digest_size=8).digest()
        keys.append(int.from_bytes(digest, "little", signed=True))
    return tuple(keys)


def resemblance(one: str, other: str) -> float:
    """The Jaccard index of the character 5-grams of two wordings: 1 for equal ones, 0 for none."""
    a, b = _shingle_set(one), _shingle_set(other)
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def are_near(one: str, other: str) -> bool:
    """Whether two wordings are near copies (or exact ones)."""
    if one == other:
        return True
    if not (is_comparable(one) and is_comparable(other)):
        return False
    return resemblance(one, other) >= NEAR


def _shingles(wording: str) -> list[str]:
    return [wording[i : i + SHINGLE] for i in range(max(1, len(wording) - SHINGLE + 1))]


@lru_cache(maxsize=2048)
def _shingle_set(wording: str) -> frozenset[str]:
    return frozenset(_shingles(wording))
