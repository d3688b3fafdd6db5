"""How waiting, silence and calls read afterwards, in sentences."""

from chat.waiting.entries import CallEnded, CallListed, CallTried, ListedWhy, Outcome, Reminded, Reminder
from core.transcript.line import Line, Sentence, Telling
from core.transcript.spans import span_words

REMINDED: dict[Reminder, Sentence] = {
    "still_waiting": Sentence(
        "Påmindes om att kontakten fortfarande väntar, efter {span}.",
        "Ble minnet om at henvendelsen fortsatt venter, etter {span}.",
        "Was told that the contact still waits, after {span}.",
    ),
    "told": Sentence(
        "Fick besked om att det finns ett meddelande, efter {span}.",
        "Fikk beskjed om at det finnes en melding, etter {span}.",
        "Was told that there is a message, after {span}.",
    ),
    "reminded": Sentence(
        "Påmindes om att svara, efter {span}.",
        "Ble minnet om å svare, etter {span}.",
        "Was reminded to answer, after {span}.",
    ),
    "safety_net": Sentence(
        "Fick råd om det blir sämre, efter {span} utan svar.",
        "Fikk råd hvis det blir verre, etter {span} uten svar.",
        "Was given advice if it gets worse, after {span} without an answer.",
    ),
}
LISTED: dict[ListedWhy, Sentence] = {
    "silent": Sentence(
        "Sattes på återuppringningslistan: patienten har varit tyst i {span}.",
        "Ble satt på tilbakeringingslisten: pasienten har vært stille i {span}.",
        "Put on the call-back list: the patient has been silent for {span}.",
    ),
    "unanswered": Sentence(
        "Sattes på återuppringningslistan: ingen har svarat på {span}.",
        "Ble satt på tilbakeringingslisten: ingen har svart på {span}.",
        "Put on the call-back list: nobody has answered for {span}.",
    ),
    "question": Sentence(
        "Sattes på återuppringningslistan: frågor har inte besvarats på {span}.",
        "Ble satt på tilbakeringingslisten: spørsmål er ikke besvart på {span}.",
        "Put on the call-back list: questions have not been answered for {span}.",
    ),
    "unconfirmed": Sentence(
        "Sattes på återuppringningslistan: råden om det blir sämre har inte bekräftats på {span}.",
        "Ble satt på tilbakeringingslisten: rådene hvis det blir verre er ikke bekreftet på {span}.",
        "Put on the call-back list: what to do if it gets worse has not been confirmed for {span}.",
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
    happened = REMINDED[body.step](telling.lang, span=span_words(body.after_min, telling.lang))
    return Line(text=" ".join(filter(None, (happened, body.text))))


def say_call_listed(body: CallListed, telling: Telling) -> Line:
    """Why it came on the list."""
    return Line(text=LISTED[body.why](telling.lang, span=span_words(body.after_min, telling.lang)))


def say_call_tried(body: CallTried, telling: Telling) -> Line:
    """How the call went."""
    return Line(text=" ".join(filter(None, (TRIED[body.outcome](telling.lang), body.note))))


def say_call_ended(body: CallEnded, telling: Telling) -> Line:
    """Why it left the list."""
    return Line(text=ENDED(telling.lang, reason=body.reason))
