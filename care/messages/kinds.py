"""The kind of entry that makes a contact a letter: who sees it, and what it tells triage."""

from typing import Any

from care.messages.entries import Letter, LetterWritten
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import Line, Sentence, Telling, to_all
from triage.told import Words

WRITTEN = Sentence("Brev: {title}", "Brev: {title}", "Letter: {title}")


def fold_written(_: Letter, body: LetterWritten, __: Header) -> Letter:
    """Its subject."""
    return Letter(title=body.title)


def told_written(body: LetterWritten, header: Header) -> Words:
    """What stands in the subject may stand nowhere else: it is read as every text of the patient is."""
    return Words(entry=header.no, text=body.title, lang=body.lang, asked=None)


def say_written(body: LetterWritten, telling: Telling) -> Line:
    """The subject as it was written."""
    return Line(text=WRITTEN(telling.lang, title=body.title), said=True, lang=body.lang)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=LetterWritten,
        part=Letter,
        fold=fold_written,
        views=SHOWN_TO_ALL,
        content=True,
        topics=("assess",),
        says=told_written,
        reads=to_all(say_written),
    ),
)
