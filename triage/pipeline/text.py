"""The text as the pipeline reads it, and the way back to the code points the patient sent."""

import re
import unicodedata

import msgspec

TEXT_LIMIT = 20_000
_ODD = re.compile(
    r"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u2018\u2019\u02bc\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_ENDLESS = re.compile(r"\S{79}\S|[^\w\s]{11}[^\w\s]")
"""Longer than any word or row of signs; the tokenizer would take minutes over ten thousand commas."""
_LONG = 12
"""No run of signs that is too long is shorter."""
_APOSTROPHES = "\u2018\u2019\u02bc"


class CleanText(msgspec.Struct, frozen=True, gc=False):
    """Composed letters, plain apostrophes, no control characters. `origin[i]` is where character i was sent."""

    text: str
    origin: tuple[int, ...] | None = None

    def sent_at(self, index: int) -> int:
        """The code point of the text as given for a position in the clean text."""
        return index if self.origin is None else self.origin[index]


def clean(text: str) -> CleanText:
    """The text made ready for reading. Positions stay unless letters had to be composed."""
    plain = text
    if not text.isprintable() or any([sign in text for sign in _APOSTROPHES]):
        plain = _ODD.sub(lambda odd: "'" if odd.group() in _APOSTROPHES else " ", text)
    if max(map(len, plain.split()), default=0) >= _LONG:
        plain = _ENDLESS.sub(lambda run: run.group()[:-1] + " ", plain)
    if unicodedata.is_normalized("NFC", plain):
        return CleanText(plain)
    return _composed(plain)


def _composed(text: str) -> CleanText:
    pieces: list[str] = []
    origin: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        origin.extend([start] * len(piece))
        start = end
    return CleanText("".join(pieces), (*origin, len(text)))
