"""What a visit says in a note: when nothing was seen, and how long an interpreter was there."""

from zoneinfo import ZoneInfo

from core.log.body import Body
from core.transcript.line import Telling
from rtc.entries import GuestCame, GuestInvited, VisitAdmitted, VisitEnded, VisitLeft
from rtc.note import Happened, attendance, not_seen, sentences
from rtc.quality.entries import Measured, VisitQuality

MINUTE_MS = 60_000
INVITED = GuestInvited(
    visit_id="v", guest_id="g", participant="tolk", name="L", role="interpreter", lang="tr", until_ms=0
)
CAME = GuestCame(visit_id="v", guest_id="g", name="Leyla", until_ms=0)
ADMITTED = VisitAdmitted(visit_id="v", participant="tolk")
ENDED = VisitEnded(visit_id="v", duration_s=0)


def quality(*, enough: bool, seen_by: str = "sara") -> VisitQuality:
    measured = Measured(round_trip_ms=0, loss_pct=9, jitter_ms=0, kbit_s=0, frames_s=0)
    return VisitQuality(
        visit_id="v", seen_by=seen_by, of="astrid", name="Astrid", role="patient", enough=enough, measured=measured
    )


def happened(*bodies: Body) -> list[Happened]:
    """One a minute, from nine in the morning on."""
    return [Happened(no, (9 * 60 + no) * MINUTE_MS, body) for no, body in enumerate(bodies)]


def test_what_was_not_seen_has_a_beginning_and_an_end() -> None:
    told = happened(quality(enough=False), quality(enough=True), quality(enough=False), ENDED, quality(enough=False))
    assert [(one.nos, one.to_ms is None) for one in not_seen(told)] == [((0, 1), False), ((2, 3), False), ((4,), True)]


def test_an_interpreter_was_there_from_when_they_were_let_in_until_they_left() -> None:
    left = VisitLeft(visit_id="v", participant="tolk")
    told = happened(INVITED, CAME, ADMITTED, left, ADMITTED, ENDED)
    (_, name, spans) = attendance(told)["tolk"]
    assert name == "Leyla"
    assert [one.nos for one in spans] == [(2, 3), (4, 5)]
    telling = Telling(lang="en", zone=ZoneInfo("UTC"), label=str)
    (said,) = sentences(told, telling)
    assert said.text == "Interpreter (tr): Leyla, present 09:02–09:03, 09:04–09:05, 2 min."
