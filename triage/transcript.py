"""How assessments and levels read afterwards: to staff with the rules, to the patient as they were understood."""

from core.transcript.line import Line, Sentence, Telling
from triage.entries import Assessed, Chip, Level, SilenceRaised, Understood, UrgencySet

LEVEL: dict[Level, Sentence] = {
    "immediate": Sentence("omedelbart", "umiddelbart", "immediate"),
    "very_urgent": Sentence("mycket brådskande", "svært haster", "very urgent"),
    "urgent": Sentence("brådskande", "haster", "urgent"),
    "within_24h": Sentence("inom ett dygn", "innen et døgn", "within 24 hours"),
    "routine": Sentence("kan vänta", "kan vente", "can wait"),
    "self_care": Sentence("egenvård", "egenomsorg", "self-care"),
}
ASSESSED = Sentence("Bedömd: {level}.", "Vurdert: {level}.", "Assessed: {level}.")
UNASSESSED = Sentence(
    "Texten kunde inte förstås säkert. Den räknas som brådskande tills någon har läst.",
    "Teksten kunne ikke forstås sikkert. Den regnes som haster til noen har lest.",
    "The text could not be understood safely. It counts as urgent until someone has read it.",
)
SET = Sentence("Satte {level}: {reason}", "Satte {level}: {reason}", "Set {level}: {reason}")
SILENCE = Sentence(
    "Frågor har inte besvarats på {n} minuter. Höjd till {level}.",
    "Spørsmål er ikke besvart på {n} minutter. Hevet til {level}.",
    "Questions have not been answered for {n} minutes. Raised to {level}.",
)
UNDERSTOOD = Sentence("Så förstod vi dig: {what}.", "Slik forsto vi deg: {what}.", "How we understood you: {what}.")
UNSURE = Sentence("Osäkert: {what}.", "Usikkert: {what}.", "Unsure: {what}.")
NOT_UNDERSTOOD = Sentence(
    "Vi var inte säkra på att vi förstod. En människa läser.",
    "Vi var ikke sikre på at vi forsto. Et menneske leser.",
    "We were not sure that we understood. A person reads it.",
)


def say_assessed(body: Assessed, telling: Telling) -> Line:
    """The level with every rule that fired, by its number, and the questions that were put."""
    lang = telling.lang
    verdict = ASSESSED(lang, level=LEVEL[body.urgency](lang)) if body.assessed else UNASSESSED(lang)
    reasons = (f"{reason.text} ({reason.rule})" for reason in body.reasons)
    return Line(text=" ".join((verdict, *reasons)), asks=tuple(question.id for question in body.ask))


def say_understood(body: Understood, telling: Telling) -> Line:
    """What was understood and what was asked; no rule."""
    told = ((UNDERSTOOD, _labels(body.chips, "has")), (UNSURE, _labels(body.chips, "unsure")))
    parts = [say(telling.lang, what=what) for say, what in told if what]
    text = " ".join(parts) or NOT_UNDERSTOOD(telling.lang)
    return Line(text=text, asks=tuple(question.id for question in body.ask))


def _labels(chips: tuple[Chip, ...], state: str) -> str:
    return ", ".join(chip.label for chip in chips if chip.state == state)


def say_silence_raised(body: SilenceRaised, telling: Telling) -> Line:
    """That silence raised it, and after how long."""
    return Line(text=SILENCE(telling.lang, n=body.after_min, level=LEVEL[body.urgency](telling.lang)))


def say_urgency_set(body: UrgencySet, telling: Telling) -> Line:
    """The level a person set, and why."""
    return Line(text=SET(telling.lang, level=LEVEL[body.urgency](telling.lang), reason=body.reason))
