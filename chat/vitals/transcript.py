"""How vital signs read: one sentence with each value and its unit."""

from chat.vitals.entries import VitalsTold, values_of
from core.transcript.line import Line, Sentence, Telling, value_words

TOLD = Sentence("Mätte: {what}.", "Målte: {what}.", "Measured: {what}.")
NAMES = {
    "temp": Sentence("temperatur {value} °C", "temperatur {value} °C", "temperature {value} °C"),
    "spo2": Sentence("syremättnad {value} %", "oksygenmetning {value} %", "oxygen saturation {value} %"),
    "hr": Sentence("puls {value}/min", "puls {value}/min", "pulse {value}/min"),
    "rr": Sentence("andningsfrekvens {value}/min", "pustefrekvens {value}/min", "breaths {value}/min"),
    "weight": Sentence("vikt {value} kg", "vekt {value} kg", "weight {value} kg"),
}
PRESSURE = Sentence("blodtryck {value} mmHg", "blodtrykk {value} mmHg", "blood pressure {value} mmHg")


def say_vitals(body: VitalsTold, telling: Telling) -> Line:
    """Who measured is the entry's author."""
    return Line(text=told(body, telling), measured=tuple(values_of(body.vitals).items()))


def told(body: VitalsTold, telling: Telling) -> str:
    """The sentence alone."""
    values = values_of(body.vitals)
    words = [
        NAMES[name](telling.lang, value=value_words(value, telling.lang))
        for name, value in values.items()
        if name in NAMES
    ]
    upper = body.vitals.sbp
    if upper is not None:
        pressure = "/".join(value_words(one, telling.lang) for one in (upper, body.vitals.dbp) if one is not None)
        words.insert(0, PRESSURE(telling.lang, value=pressure))
    return TOLD(telling.lang, what=", ".join(words))
