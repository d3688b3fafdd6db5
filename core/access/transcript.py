"""How a look from outside reads in the contact it concerned."""

from core.access.entries import LookedIn
from core.transcript.line import Line, Sentence, Telling

LOOKED_IN = Sentence(
    "Vårdpersonal på en annan enhet öppnade kontakten i en nödsituation.",
    "Helsepersonell ved en annen enhet åpnet henvendelsen i en nødsituasjon.",
    "Care staff at another unit opened the contact in an emergency.",
)


def say_looked_in(_: LookedIn, telling: Telling) -> Line:
    """That it was opened; who, stands in the audit trail."""
    return Line(text=LOOKED_IN(telling.lang))
