"""How the safety net reads afterwards."""

from chat.safety_net.entries import SafetyNetConfirmed, SafetyNetGiven
from core.transcript.line import Line, Sentence, Telling

GIVEN = Sentence("Råd om det blir sämre: {text}", "Råd hvis det blir verre: {text}", "If it gets worse: {text}")
CONFIRMED = Sentence(
    "Har läst råden och säger sig ha förstått dem.",
    "Har lest rådene og sier at de er forstått.",
    "Has read the advice and says that it is understood.",
)


def say_given(body: SafetyNetGiven, telling: Telling) -> Line:
    """The words as they were given."""
    return Line(text=GIVEN(telling.lang, text=body.text), said=True, lang=body.lang or "")


def say_confirmed(body: SafetyNetConfirmed, telling: Telling) -> Line:
    """That it was confirmed, with what."""
    return Line(text=CONFIRMED(telling.lang), refers_to=body.given_no)
