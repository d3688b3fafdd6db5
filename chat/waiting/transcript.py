"""How waiting, silence and calls read afterwards, in sentences."""

from chat.waiting.entries import CallEnded, CallListed, CallTried, ListedWhy, Outcome, Reminded, Reminder
from core.transcript.line import Line, Sentence, Telling

REMINDED: dict[Reminder, Sentence] = {
    "still_waiting": Sentence(
        "Påmindes om att kontakten fortfarande väntar, efter {n} minuter.",
        "Ble minnet om at henvendelsen fortsatt venter, etter {n} minutter.",
        "Was told that the contact still waits, after {n} minutes.",
    ),
    "told": Sentence(
        "Fick besked om att det finns ett meddelande, efter {n} minuter.",
        "Fikk beskjed om at det finnes en melding, etter {n} minutter.",
        "Was told that there is a message, after {n} minutes.",
    ),
    "reminded": Sentence(
        "Påmindes om att svara, efter {n} minuter.",
        "Ble minnet om å svare, etter {n} minutter.",
        "Was reminded to answer, after {n} minutes.",
    ),
    "safety_net": Sentence(
        "Fick råd om det blir sämre, efter {n} minuters tystnad.",
        "Fikk råd hvis det blir verre, etter {n} minutters stillhet.",
        "Was given advice if it gets worse, after {n} minutes of silence.",
    ),
}
LISTED: dict[ListedWhy, Sentence] = {
    "silent": Sentence(
        "Sattes på återuppringningslistan: patienten har varit tyst i {n} minuter.",
        "Ble satt på tilbakeringingslisten: pasienten har vært stille i {n} minutter.",
        "Put on the call-back list: the patient has been silent for {n} minutes.",
    ),
    "unanswered": Sentence(
        "Sattes på återuppringningslistan: ingen har svarat på {n} minuter.",
        "Ble satt på tilbakeringingslisten: ingen har svart på {n} minutter.",
        "Put on the call-back list: nobody has answered for {n} minutes.",
    ),
    "question": Sentence(
        "Sattes på återuppringningslistan: frågor har inte besvarats på {n} minuter.",
        "Ble satt på tilbakeringingslisten: spørsmål er ikke besvart på {n} minutter.",
        "Put on the call-back list: questions have not been answered for {n} minutes.",
    ),
}
TRIED: dict[Outcome, Sentence] = {
    "reached": Sentence("Ringde och fick svar.", "Ringte og fikk svar.", "Called and was answered."),
    "no_answer": Sentence("Ringde utan svar.", "Ringte uten svar.", "Called without an answer."),
    "left_message": Sentence(
        "Ringde och lämnade ett meddelande.", "Ringte og la igjen en beskjed.", "Called and left a message."
    ),
    "wrong_number": Sentence("Ringde: fel nummer.", "Ringte: feil nummer.", "Called: wrong number."),
}
ENDED = Sentence(
    "Togs bort från återuppringningslistan: {reason}",
    "Ble tatt av tilbakeringingslisten: {reason}",
    "Taken off the call-back list: {reason}",
)


def say_reminded(body: Reminded, telling: Telling) -> Line:
    """The step with its reason, and what was written."""
    happened = REMINDED[body.step](telling.lang, n=body.after_min)
    return Line(text=" ".join(filter(None, (happened, body.text))))


def say_call_listed(body: CallListed, telling: Telling) -> Line:
    """Why it came on the list."""
    return Line(text=LISTED[body.why](telling.lang, n=body.after_min))


def say_call_tried(body: CallTried, telling: Telling) -> Line:
    """How the call went."""
    return Line(text=" ".join(filter(None, (TRIED[body.outcome](telling.lang), body.note))))


def say_call_ended(body: CallEnded, telling: Telling) -> Line:
    """Why it left the list."""
    return Line(text=ENDED(telling.lang, reason=body.reason))
