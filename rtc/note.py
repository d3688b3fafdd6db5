"""What a visit says in the draft of a note: when nothing could be judged by eye, and how long an interpreter was there.

No sign may be written down as seen while the picture was not enough (docs/architecture.md, Video). Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from core.log.body import Body
from core.transcript.line import Sentence, Telling
from rtc.entries import (
    GuestCame,
    GuestInvited,
    GuestWithdrawn,
    VisitAdmitted,
    VisitEnded,
    VisitJoined,
    VisitKnocked,
    VisitLeft,
)
from rtc.quality.entries import VisitQuality
from rtc.room.entries import Out, VisitBroughtBack, VisitRemoved, VisitSentBack, VisitSetAside

NOT_SEEN = Sentence(
    "Bildkvaliteten i videomötet räckte inte för visuell bedömning {times}: inget fynd från den tiden är sett.",
    "Bildekvaliteten i videomøtet var ikke god nok for visuell vurdering {times}: ingen funn fra den tiden er sett.",
    "The quality of the video was insufficient for visual assessment {times}: nothing was seen in that time.",
)
INTERPRETED = Sentence(
    "Tolk ({language}): {name}, närvarande {times}, {minutes} min.",
    "Tolk ({language}): {name}, til stede {times}, {minutes} min.",
    "Interpreter ({language}): {name}, present {times}, {minutes} min.",
)
MINUTE_MS = 60_000


class Happened(NamedTuple):
    """One entry: its number, when it was, and what it says."""

    no: int
    at_ms: int
    body: Body


class Span(NamedTuple):
    """From one moment to another, with the numbers of the entries that say so. Open: the end is not there yet."""

    from_ms: int
    to_ms: int | None
    nos: tuple[int, ...]


class Said(NamedTuple):
    """A sentence, and the entries it rests on."""

    text: str
    nos: tuple[int, ...]


def sentences(happened: Iterable[Happened], telling: Telling) -> list[Said]:
    """All of it in the reader's language."""
    told = list(happened)
    return [*_not_seen(told, telling), *_interpreted(told, telling)]


def not_seen(happened: Iterable[Happened]) -> list[Span]:
    """When the patient's picture was not enough for whoever saw it, while the visit went on."""
    begun: dict[tuple[str, str], Happened] = {}
    spans: list[Span] = []
    for one in happened:
        body = one.body
        if isinstance(body, VisitQuality) and body.role == "patient":
            if not body.enough:
                begun.setdefault((body.seen_by, body.of), one)
            elif (body.seen_by, body.of) in begun:
                spans.append(_span(begun.pop((body.seen_by, body.of)), one))
        elif isinstance(body, VisitEnded):
            spans += [_span(first, one) for first in begun.values()]
            begun.clear()
        elif isinstance(body, Out):
            for pair in [pair for pair in begun if body.participant in pair]:
                spans.append(_span(begun.pop(pair), one))
    return spans + [Span(first.at_ms, None, (first.no,)) for first in begun.values()]


def attendance(happened: Iterable[Happened]) -> Mapping[str, tuple[GuestInvited, str, list[Span]]]:
    """Every interpreter who was in a visit, by participant: as what they were invited, their name, and when."""
    invited: dict[str, GuestInvited] = {}
    names: dict[str, str] = {}
    inside: dict[str, Happened] = {}
    there: dict[str, list[Span]] = {}
    aside: dict[str, bool] = {}
    """Who waits while the others talk, and whether they have a line."""
    for one in happened:
        body = one.body
        if isinstance(body, GuestInvited) and body.role == "interpreter":
            invited[body.participant] = body
        elif isinstance(body, GuestCame):
            names[body.guest_id] = body.name
        come = _coming_in(body, aside)
        if come in invited:
            inside.setdefault(come, one)
        for participant in _leaving(body, invited, inside):
            there.setdefault(participant, []).append(_span(inside.pop(participant), one))
    for participant, first in inside.items():
        there.setdefault(participant, []).append(Span(first.at_ms, None, (first.no,)))
    return {who: (invited[who], names.get(invited[who].guest_id, invited[who].name), there[who]) for who in there}


def _coming_in(body: Body, aside: dict[str, bool]) -> str:
    """Who is in by this, if anybody: not who comes back to being aside."""
    if isinstance(body, VisitSetAside):
        aside[body.participant] = True
    elif isinstance(body, VisitLeft | VisitJoined) and body.participant in aside:
        aside[body.participant] = isinstance(body, VisitJoined)
    elif isinstance(body, VisitBroughtBack):
        return body.participant if aside.pop(body.participant, False) else ""
    elif isinstance(body, VisitSentBack | VisitRemoved | VisitKnocked):
        aside.pop(body.participant, None)
    elif isinstance(body, VisitAdmitted | VisitJoined):
        return body.participant
    return ""


def _leaving(body: Body, invited: Mapping[str, GuestInvited], inside: Mapping[str, Happened]) -> list[str]:
    if isinstance(body, VisitEnded):
        return list(inside)
    if isinstance(body, Out):
        return [body.participant] if body.participant in inside else []
    if isinstance(body, GuestWithdrawn):
        return [who for who in inside if invited[who].guest_id == body.guest_id]
    return []


def _not_seen(told: list[Happened], telling: Telling) -> Iterator[Said]:
    spans = not_seen(told)
    if spans:
        nos = tuple(no for span in spans for no in span.nos)
        yield Said(NOT_SEEN(telling.lang, times=_times(spans, telling)), nos)


def _interpreted(told: list[Happened], telling: Telling) -> Iterator[Said]:
    for guest, name, spans in attendance(told).values():
        minutes = sum(max(1, round((to_ms - from_ms) / MINUTE_MS)) for from_ms, to_ms, _ in spans if to_ms is not None)
        times = _times(spans, telling)
        text = INTERPRETED(telling.lang, language=guest.lang, name=name, times=times, minutes=minutes)
        yield Said(text, tuple(no for span in spans for no in span.nos))


def _times(spans: list[Span], telling: Telling) -> str:
    return ", ".join(
        f"{_clock(one.from_ms, telling)}–{_clock(one.to_ms, telling) if one.to_ms is not None else ''}" for one in spans
    )


def _clock(at_ms: int, telling: Telling) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(telling.zone).strftime("%H:%M")


def _span(first: Happened, last: Happened) -> Span:
    return Span(first.at_ms, last.at_ms, (first.no, last.no))
