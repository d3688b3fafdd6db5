"""What is said of an assessment in plain words: three lines to the patient, and why a safe path holds."""

from collections.abc import Sequence

from triage.content.schema import Wording
from triage.urgency import Urgency

MOST_NAMED = 4
UNDERSTOOD = Wording(
    sv="Vi förstod att det gäller: {what}.",
    nb="Vi forsto at det gjelder: {what}.",
    en="We understood that it is about: {what}.",
)
NOT_SURE = Wording(
    sv="Vi är inte säkra på att vi har förstått allt. En människa läser det du skrev.",
    nb="Vi er ikke sikre på at vi har forstått alt. Et menneske leser det du skrev.",
    en="We are not sure that we understood everything. A person reads what you wrote.",
)
LEVEL: dict[Urgency, Wording] = {
    "immediate": Wording(
        sv="Det kan vara farligt. Ring {emergency} nu.",
        nb="Det kan være farlig. Ring {emergency} nå.",
        en="It could be dangerous. Call {emergency} now.",
    ),
    "very_urgent": Wording(
        sv="Det ska bedömas nu. Vi svarar dig före de flesta andra.",
        nb="Det skal vurderes nå. Vi svarer deg før de fleste andre.",
        en="It must be looked at now. We answer you before most others.",
    ),
    "urgent": Wording(sv="Det ska bedömas i dag.", nb="Det skal vurderes i dag.", en="It must be looked at today."),
    "within_24h": Wording(
        sv="Det ska bedömas inom ett dygn.",
        nb="Det skal vurderes innen et døgn.",
        en="It must be looked at within a day.",
    ),
    "routine": Wording(sv="Det kan vänta några dagar.", nb="Det kan vente noen dager.", en="It can wait a few days."),
    "self_care": Wording(
        sv="Det går ofta att sköta själv. Du får råd av oss.",
        nb="Det kan du ofte ta hånd om selv. Du får råd av oss.",
        en="You can often take care of it yourself. We give you advice.",
    ),
}
BECAUSE = Wording(
    sv="Du skrev {words}. Det avgjorde.", nb="Du skrev {words}. Det avgjorde.", en="You wrote {words}. That decided it."
)
ANSWERS = Wording(
    sv="Dina svar på våra frågor kan göra att det går fortare.",
    nb="Svarene dine på spørsmålene våre kan gjøre at det går fortere.",
    en="Your answers to our questions can make it go faster.",
)
SAFE = Wording(
    sv="Allt som sades ryms i en säker väg.",
    nb="Alt som ble sagt, får plass i en trygg vei.",
    en="All that was said fits a safe path.",
)
SAFE_AND_NO = Wording(
    sv="Allt som sades ryms i en säker väg, och svaret är nej på: {what}",
    nb="Alt som ble sagt, får plass i en trygg vei, og svaret er nei på: {what}",
    en="All that was said fits a safe path, and the answer is no to: {what}",
)
WORSE = Wording(
    sv="Blir det sämre: skriv igen, eller ring {advice}.",
    nb="Blir det verre: skriv igjen, eller ring {advice}.",
    en="If it gets worse: write again, or call {advice}.",
)


def safe_because(denied: Sequence[str], lang: str) -> str:
    """Why a safe path holds, for staff: the questions whose answer is no."""
    return SAFE_AND_NO.get(lang).replace("{what}", " ".join(denied)) if denied else SAFE.get(lang)


def three_lines(
    level: Urgency, lang: str, *, assessed: bool, has: Sequence[str], words: Sequence[str], asks: bool
) -> tuple[str, str, str]:
    """What was understood, how soon, and why or what would change it.

    `has`: labels of what the patient has; `words`: their own words that decided, as they stand in the text.
    """
    understood = (
        UNDERSTOOD.get(lang).replace("{what}", ", ".join(has[:MOST_NAMED])) if assessed and has else NOT_SURE.get(lang)
    )
    quoted = ", ".join(f"“{word}”" for word in words[:MOST_NAMED])
    why = BECAUSE.get(lang).replace("{words}", quoted) if words else ANSWERS.get(lang) if asks else WORSE.get(lang)
    return understood, LEVEL[level].get(lang), why
