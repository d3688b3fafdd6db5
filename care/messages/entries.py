"""What a letter has beside its words, and what is kept of it."""

from core.log.body import Body
from core.log.state import Part

TITLE_LIMIT = 120
"""Code points: a line on a phone, and more than most subjects of letters."""


class LetterWritten(Body, tag="letter_written", frozen=True, kw_only=True):
    """The contact begins as a letter, with its subject; the text is the message that follows."""

    title: str
    lang: str


class Letter(Part, tag="letter", frozen=True, kw_only=True):
    """Of a contact that began as a letter."""

    title: str = ""
    """Its subject, the patient's own words; empty: it began otherwise."""
