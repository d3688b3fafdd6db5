"""One thing to review, gathered from its contact's log: what staff did, and the assessment they did it to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from core.errors import FyrError
from core.log.entry import Entry, Header
from core.log.kinds import Kinds
from triage.entries import Assessed, UrgencySet
from triage.review.entries import Meaning, Misread
from triage.review.store import asks_for_review
from triage.telling import tellings
from triage.told import Answer, FormTold, Story, Told, Words, story_of


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """What is to be learnt from, and what it was about."""

    header: Header
    body: UrgencySet | Misread
    assessed: Assessed | None
    """The newest assessment before: the one staff saw."""
    story: Story
    """What had been told until then."""
    originals: tuple[str, ...]
    """Every text of the patient, also what came later."""


def item_of(entries: Sequence[Entry], no: int, kinds: Kinds) -> ReviewItem | None:
    """The item at entry `no` of a contact; None when nothing there asks for a review, or it has been erased."""
    found = next((entry for entry in entries if entry.no == no), None)
    if found is None or not asks_for_review(found.body):
        return None
    told = tellings(entries, kinds)
    return ReviewItem(
        header=found.header,
        body=cast("UrgencySet | Misread", found.body),
        assessed=newest_assessed([entry for entry in entries if entry.no < no]),
        story=story_of(one for number, one in told if number < no),
        originals=tuple(text for _, one in told if (text := _text(one))),
    )


def _text(told: Told) -> str:
    if isinstance(told, FormTold):
        return told.words.text if told.words else ""
    if isinstance(told, Words):
        return told.text
    return told.value if isinstance(told, Answer) and isinstance(told.value, str) else ""


def newest_assessed(entries: Sequence[Entry]) -> Assessed | None:
    """The last assessment among them."""
    return next((entry.body for entry in reversed(entries) if isinstance(entry.body, Assessed)), None)


def misread(entries: Sequence[Entry], kinds: Kinds, mark: Misread) -> Misread:
    """The mark with what was read at its place. Raises `bad_request` where there are no words of the patient."""
    words = next((told for no, told in tellings(entries, kinds) if no == mark.entry and isinstance(told, Words)), None)
    if words is None or not 0 <= mark.start < mark.end <= len(words.text):
        raise FyrError("bad_request", where="$.entry", what="no words of the patient")
    assessed = newest_assessed(entries)
    read_as = tuple(
        Meaning(concept=one.concept, state=one.state)
        for one in (assessed.findings if assessed else ())
        if one.entry == mark.entry and one.start < mark.end and mark.start < one.end
    )
    return Misread(
        entry=mark.entry, start=mark.start, end=mark.end, read_as=read_as, meant=mark.meant, reason=mark.reason
    )
