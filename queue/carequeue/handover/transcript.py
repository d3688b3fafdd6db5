"""How a hand-over reads afterwards, in sentences."""

from carequeue.handover.entries import (
    CaseAsked,
    CaseRefused,
    HandedOver,
    HandOverDeclined,
    HandOverOffered,
    HandOverUnanswered,
    HandOverWithdrawn,
    PassedTo,
)
from carequeue.transcript import OF_ROLE
from core.transcript.line import Line, Sentence, Telling

OFFERED = Sentence("Erbjöds till {whom}.", "Ble tilbudt til {whom}.", "Offered to {whom}.")
WARM = Sentence(
    "{whom} kommer in i samtalet för att ta över.",
    "{whom} kommer inn i samtalen for å ta over.",
    "{whom} joins the conversation to take over.",
)
SBAR = Sentence(
    "Situation: {s} Bakgrund: {b} Bedömning: {a} Rekommendation: {r}",
    "Situasjon: {s} Bakgrunn: {b} Vurdering: {a} Anbefaling: {r}",
    "Situation: {s} Background: {b} Assessment: {a} Recommendation: {r}",
)
HANDED_OVER = Sentence("{name} tog över kontakten.", "{name} tok over henvendelsen.", "{name} took over the contact.")
MOVED = Sentence(
    "{name} på {unit} tog över kontakten.",
    "{name} ved {unit} tok over henvendelsen.",
    "{name} at {unit} took over the contact.",
)
DECLINED = Sentence("Tackade nej: {reason}", "Takket nei: {reason}", "Declined: {reason}")
WITHDRAWN = Sentence("Erbjudandet togs tillbaka.", "Tilbudet ble trukket tilbake.", "The offer was taken back.")
ASKED = Sentence(
    "{name} bad att få ta över: {reason}", "{name} ba om å få ta over: {reason}", "{name} asked to take over: {reason}"
)
REFUSED = Sentence("Behöll kontakten: {reason}", "Beholdt henvendelsen: {reason}", "Kept the contact: {reason}")
PASSED: dict[PassedTo, Sentence] = {
    "unit": Sentence(
        "Ingen svarade på {n} minuter: alla på enheten tillfrågades.",
        "Ingen svarte på {n} minutter: alle ved enheten ble spurt.",
        "Nobody answered for {n} minutes: everyone at the unit was asked.",
    ),
    "queue": Sentence(
        "Ingen svarade på {n} minuter: tillbaka till kön.",
        "Ingen svarte på {n} minutter: tilbake til køen.",
        "Nobody answered for {n} minutes: back to the queue.",
    ),
    "lead": Sentence(
        "Ingen svarade på {n} minuter: enhetens ledning fick veta det.",
        "Ingen svarte på {n} minutter: enhetens ledelse fikk vite det.",
        "Nobody answered for {n} minutes: who leads the unit was told.",
    ),
}


def say_offered(body: HandOverOffered, telling: Telling) -> Line:
    """To whom, and to staff why; the patient is told only who is coming."""
    whom = body.to_name or (_nameless(body.to_role, telling) if body.to_role else body.unit_name)
    if not body.situation:
        return Line(text=WARM(telling.lang, whom=whom))
    sbar = SBAR(telling.lang, s=body.situation, b=body.background, a=body.assessment, r=body.recommendation)
    return Line(text=f"{OFFERED(telling.lang, whom=whom)} {sbar}")


def say_handed_over(body: HandedOver, telling: Telling) -> Line:
    """Who has it now, and where when it moved: by name, or by role where a name is not shown."""
    name = body.name or _nameless(body.role, telling)
    return Line(text=(MOVED if body.moved else HANDED_OVER)(telling.lang, name=name, unit=body.unit_name))


def say_declined(body: HandOverDeclined, telling: Telling) -> Line:
    """Why not."""
    return Line(text=DECLINED(telling.lang, reason=body.reason))


def say_withdrawn(_: HandOverWithdrawn, telling: Telling) -> Line:
    """It is offered no more."""
    return Line(text=WITHDRAWN(telling.lang))


def say_asked(body: CaseAsked, telling: Telling) -> Line:
    """Who asked, and why."""
    return Line(text=ASKED(telling.lang, name=body.name or _nameless(body.role, telling), reason=body.reason))


def say_refused(body: CaseRefused, telling: Telling) -> Line:
    """Why it stayed."""
    return Line(text=REFUSED(telling.lang, reason=body.reason))


def say_unanswered(body: HandOverUnanswered, telling: Telling) -> Line:
    """Where it went, and after how long."""
    return Line(text=PASSED[body.to](telling.lang, n=body.after_min))


def _nameless(role: str, telling: Telling) -> str:
    return OF_ROLE.get(role, OF_ROLE["clinician"])(telling.lang)
