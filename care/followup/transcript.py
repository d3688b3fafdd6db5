"""How what is measured at home reads: what each measure is called, and an alarm line by line."""

from care.followup.entries import AlarmGround, AlarmValue, FollowUpAlarm, Words
from core.transcript.line import Lang, Line, Sentence, Telling, value_words
from triage.thresholds.measures import Measure

NAMES: dict[Measure, Sentence] = {
    "spo2": Sentence("syremättnad", "oksygenmetning", "oxygen saturation"),
    "hr": Sentence("puls", "puls", "pulse"),
    "rr": Sentence("andetag per minut", "pust per minutt", "breaths a minute"),
    "sbp": Sentence("övre blodtryck", "øvre blodtrykk", "upper blood pressure"),
    "dbp": Sentence("nedre blodtryck", "nedre blodtrykk", "lower blood pressure"),
    "temp": Sentence("temperatur", "temperatur", "temperature"),
    "weight": Sentence("vikt", "vekt", "weight"),
    "glucose": Sentence("blodsocker", "blodsukker", "blood glucose"),
    "ketones": Sentence("ketoner", "ketoner", "ketones"),
    "exertion": Sentence("hur ansträngande det var", "hvor anstrengende det var", "how hard it was"),
    "symptom_score": Sentence("formulärets summa", "skjemaets sum", "total of the form"),
    "exercise": Sentence("träning", "trening", "exercise"),
}
AGAINST = {
    "value": Sentence("gräns {bound}", "grense {bound}", "limit {bound}"),
    "own": Sentence(
        "gräns {bound} från det egna, {reference}",
        "grense {bound} fra egen verdi, {reference}",
        "limit {bound} from their own, {reference}",
    ),
    "change": Sentence(
        "gräns {bound} på {hours} timmar, var {reference}",
        "grense {bound} på {hours} timer, var {reference}",
        "limit {bound} in {hours} hours, was {reference}",
    ),
}
SEEN = Sentence("{name} {value} {unit} ({limit})", "{name} {value} {unit} ({limit})", "{name} {value} {unit} ({limit})")
DOUBTED = Sentence("Mätningen är osäker.", "Målingen er usikker.", "The measurement is in doubt.")
MISSING = Sentence(
    "{count} väntade mätningar av {name} har inte kommit.",
    "{count} ventede målinger av {name} har ikke kommet.",
    "{count} expected measurements of {name} have not come.",
)
WAS_RED = Sentence(
    "Ett värde var rött inom det senaste dygnet, och det nyaste är det inte: {reason}.",
    "En verdi var rød det siste døgnet, og den nyeste er det ikke: {reason}.",
    "A value was red within the last day, and the newest is not: {reason}.",
)


def words_in(words: Words, lang: str) -> str:
    """In this language, else in one there is."""
    return words.get(lang) or words.get("nb" if lang == "nn" else "en") or next(iter(words.values()), "")


def say_alarm(body: FollowUpAlarm, telling: Telling) -> Line:
    """Each ground with the values it rests on."""
    return Line(text="\n".join(_ground(one, telling.lang) for one in body.grounds))


def _ground(one: AlarmGround, lang: Lang) -> str:
    if one.why == "missing":
        return words_in(one.reason, lang)
    reason = words_in(one.reason, lang)
    said = WAS_RED(lang, reason=reason) if one.why == "was_red" else f"{reason}."
    values = [_seen(value, lang) for value in one.seen]
    doubted = [DOUBTED(lang)] if any(value.doubts for value in one.seen) else []
    return " ".join([said, *(f"{value}." for value in values), *doubted])


def _seen(one: AlarmValue, lang: Lang) -> str:
    reference = value_words(one.reference, lang) if one.reference is not None else "?"
    limit = AGAINST[one.against](lang, bound=one.bound, reference=reference, hours=one.within_h)
    value = value_words(one.value, lang)
    return SEEN(lang, name=NAMES[one.measure](lang).capitalize(), value=value, unit=one.unit, limit=limit)
