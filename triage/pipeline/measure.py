"""Numbers with a meaning: temperature, blood pressure, saturation, pulse, sugar, pain, age, week of pregnancy."""

import re
from typing import Literal

import msgspec

from triage.pipeline.hints import BIT, DIGIT, Hints, counts, may_tell_years, together
from triage.pipeline.in_words import in_digits

_DIGIT = re.compile(r"\d")
_INTEGER = re.compile(r"\d+")
_SMALL_UNIT = re.compile(r"mån|mnd|month|veck|uke|week", re.IGNORECASE)
GROWN_Y = 18
EARLY_WEEKS = 13
"""Fewer weeks in words may be how long something has lasted."""
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_LABELLED: dict[str, str] = {
    "spo2": (
        r"(?:spo2|o2[ -]?sats?|saturation\w*|saturasjon\w*"
        r"|sats?|syremättnad\w*|oksygenmetning\w*|oxygen(?: level)?|syresättning\w*|o2|metning\w*|pox)"
    ),
    "hr": r"(?:puls(?:en)?|pulse(?: rate)?|heart ?rate|hr|hf|hjärtfrekvens\w*|hjertefrekvens\w*|hjärtrytm)",
    "rr": (
        r"(?:andningsfrekvens\w*|respirasjonsfrekvens\w*|respiratory rate|andetag|resp(?:iration)?(?: rate)?"
        r"|respirasjon|andning|respfrekvens|af|rf|rr)"
    ),
    "glucose": r"(?:blodsoc?k[er]\w*|blodsukker\w*|b-socker|blood sugar|sugar(?: level)?|glucose|sockret|sukkeret)",
    "ketones": r"(?:ketoner?|ketones?|ketonene)",
    "sbp": (
        r"(?:bp|bt|sbp|blodtryck\w*|blodtrykk\w*|blood pressure"
        r"|systol\w*(?: bp| bt| pressure| blood pressure| blodtr\w*)?)"
    ),
    "gcs": r"(?:gcs|glasgow(?: coma)?(?: scale)?)",
    "temp": r"(?:temp(?:en)?|temperatur\w*|temperature|feber(?:en)?|fever|tempad\w*)",
}
_BETWEEN = (
    r"(?:\s+(?:på|är|er|is|are|was|were|visar|viser|visade|viste|reads?|reading|showing|shows|measured|uppmätt|målt|mätt"
    r"|of|at|ligger|ligger på|over|över|under|around|runt|rundt|ca|about|var|med|med en)|[:= ])*\s*"
)
_LABELS = {
    name: re.compile(rf"\b{label}{_BETWEEN}{_NUMBER}(?![\d/])", re.IGNORECASE) for name, label in _LABELLED.items()
}
_PERCENT = re.compile(r"\b(\d{2,3})\s*%\s*(?:i\s+)?(?:spo2|sat|syre|oksygen|oxygen|o2|metning)", re.IGNORECASE)
_DEGREES = re.compile(
    r"\b(3[3-9]|4[0-3])(?:[.,](\d))?\s*(?:°\s*c?|grader\w*|degrees?|celsius|c\b|i (?:temp|feber)\w*)", re.IGNORECASE
)
_BARE_TEMP = re.compile(r"(?<![\d.,/])(3[4-9]|4[0-2])[.,](\d)(?![\d.,]*\s*(?:kg|kilo|mg|cm|%))(?!\d)")
_HAS_TEMP = re.compile(
    r"\b(?:har|hade|hatt|haft|got|have|had|has|feber|fever)\s+(3[89]|4[01])(?=\s*(?:$|[,!;\n]|\.(?!\d)|(?:nu|nå|now|och|og|o|and|igen|igjen)\b))",
    re.IGNORECASE,
)
"""Said of nothing else: "jag har 39 och fryser"."""
_FAHRENHEIT = re.compile(r"\b(9[5-9]|10[0-9])(?:[.,](\d))?\s*(?:°\s*f|f\b|fahrenheit)", re.IGNORECASE)
_PRESSURE = re.compile(r"(?<![\d/.,-])(\d{2,3})\s*(?:/|över|over)\s*(\d{2,3})(?![\d/])", re.IGNORECASE)
_PAIN = re.compile(
    r"(?<![\d.,])(\d{1,2})\s*(?:/|av|out of|of)\s*10\b|\b(?:nrs|vas)(?:\s+(?:är|er|is|på))?\s*[:=]?\s*(\d{1,2})\b"
    r"|(?<![\d.,])(\d{1,2})\s*(?:på|on|i)\s+(?:en|ei|a|the|smärtskalan?|smerteskala\w*)?\s*(?:skala\w*|scale|smärtskala\w*|smerteskala\w*)"
    r"|\b(?:skala|scale)\b[^.!?\n]{0,20}?\b1\s*(?:-|till|til|to)\s*10\D{0,16}?(\d{1,2})\b",
    re.IGNORECASE,
)
_CHILD = (
    r"(?:kille|tjej|grabb(?:en)?|guttunge|jente|toddler|infant|unge|sons?|sonen|sønn(?:en)?|dotter|dottern|datter(?:a|en)?|daughter|barn(?:et)?|child|kid|bebis(?:en)?|baby(?:en)?"
    r"|spädbarn(?:et)?|spedbarn(?:et)?|pojken?|flickan?|gutt(?:en)?|jent[ea]n?|boy|girl|min|mi)"
)
_CHILD_AGE = (
    rf"\b{_CHILD}(?:\s+(?:vår|vårt|min|mi|mitt))?,?\s+(?:på\s+|som är\s+|som er\s+|är\s+|er\s+|is\s+|aged\s+|of\s+)?"
)
_NOT_SINCE = r"(?!\s*(?:ago|sedan|sen\b|siden|sidan))"
_OLD = (
    r"(?:gamm[ae]l\w*|gaml[ae]|gamal\w*|old|bebis\w*|baby|spädbarn\w*|spedbarn\w*)\b"
    r"(?!\s*(?:sår|skad|ärr|arr|blåmärk|blåmerk|bränn|brann|brenn|operation|recept|resept|fraktur|brudd"
    r"|wound|injur|cut|burn|bruise|scar|prescription|fracture))"
)
"""Said of the patient; a wound may be two weeks old too."""
_YEARS = re.compile(
    rf"{_CHILD_AGE}(\d{{1,2}})\s*(?:år|åring|years?)\b|\b{_CHILD}\s+på\s+(\d{{1,2}})\b(?!\s*(?:m|v|u|w|d|t|h))|"
    r"\b(\d{1,3})[ -]?(?:åring\w*|års\b|årig\w*|år gammal|år gammel|year[ -]?olds?|years? old|yo\b|y/o)"
    r"|\b(?:är|er|am|i'm|is|aged|age)\s+(\d{1,3})\s*(?:år|years)?\b(?!\s*(?:dag|day|tim|hour|veck|uke|week|mån|month|kg|cm|grader|[.,]\d|/|%|på|on|av|of|out|i\b|mmol|mm|ml|mg|st\b|gånger|ganger|times))"
    r"|^\s*(?:kvinna|man|kvinne|mann|woman|female|male)\s*(?:på\s*)?,?\s*(\d{1,3})\b"
    r"|\b(\d{1,3})[MF]\b|\b(\d{1,3})\s+[MF],",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    rf"{_CHILD_AGE}(\d{{1,2}})\s*(?:mån\w*|måneder|mnd|months?)\b{_NOT_SINCE}|"
    rf"\b(\d{{1,2}})[ -]?(?:mån\w*|måned\w*|mnd|months?)[ -]?{_OLD}"
    r"|\b(?:är|er|is)\s+(\d{1,2})\s*(?:månader|måneder|mån|mnd|months)\b",
    re.IGNORECASE,
)
_WEEKS = re.compile(
    rf"{_CHILD_AGE}(\d{{1,2}})\s*(?:veckor|uker|weeks?)\b{_NOT_SINCE}|"
    rf"\b(\d{{1,2}})[ -]?(?:veckors?|vecka|ukers?|ukes?|veker?|weeks?)[ -]?{_OLD}",
    re.IGNORECASE,
)
_SAID_AGE = re.compile(
    r"\b(ett|två|to|tre|fyra|fire|fem|sex|seks|sju|syv|åtta|åtte|nio|ni|tio|ti|elva|elleve|tolv)[- ]?åring\w*"
    r"|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ]years?[- ]old",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:född|föddes|født|fødd|born)\s+(?:den\s+|on\s+)?(?:\d{1,2}(?:\.|:[ea])?\s+|i\s+|in\s+)"
    r"(?:janu|febru|mars|march|april|ma[jiy]\b|jun|jul|aug|sept|okto|octo|nov|de[cs]em)\w*(?!\s*\d)",
    re.IGNORECASE,
)
_COUNT = (
    ("ett", "one"), ("två", "to", "two"), ("tre", "three"), ("fyra", "fire", "four"), ("fem", "five"),
    ("sex", "seks", "six"), ("sju", "syv", "seven"), ("åtta", "åtte", "eight"), ("nio", "ni", "nine"),
    ("tio", "ti", "ten"), ("elva", "elleve", "eleven"), ("tolv", "twelve"),
)  # fmt: skip
_COUNTED = {word: float(number) for number, words in enumerate(_COUNT, start=1) for word in words}
_SEX = re.compile(
    r"\b\d{1,3}(?:[ -]?(?:årig\w*|år(?: gammal| gammel)?|åring|years?[ -]old|yo|y/o|yrs?))?[ -]?"
    r"(?:(?P<f>(?i:kvinna|kvinne|woman|female|lady|girl|jente|flicka)|F)|(?P<m>(?i:mann?|male|gentleman|boy|gutt|pojke)|M))\b"
    r"|\b(?i:(?P<f2>kvinna|kvinne|woman|female)|(?P<m2>mann?|male))\s*,?\s*(?:på\s+|aged\s+|född\s+|f\.\s*)?\d{1,3}\b"
)
_PREGNANT = re.compile(
    r"\b(?:gravid\w*|pregnan\w*|svanger\w*|contraction\w*|in labou?r|rier|riene|värkar(?:na)?"
    r"|fostervatt\w*|fostervann\w*|vattnet (?:har )?(?:gått|gick)|vannet (?:har )?(?:gått|gikk)"
    r"|(?:uker|veker|veckor) på (?:vei|veg|väg)|weeks (?:along|gone)"
    r"|waters? (?:has |have |just )*(?:broken?|gone|went)|navelsträng\w*|navlestreng\w*)\b",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"\b(?:vecka|graviditetsvecka|uke|svangerskapsuke|week|v\.?|ga)\s*(\d{1,2})\b|\b(\d{1,2})\+\d\b"
    r"|\b(\d{1,2})(?::?e|th|\.)?\s*(?:veckor|veckan|uker|weeks?|wks?|w)\b",
    re.IGNORECASE,
)
_EARLY = (
    "fyra|fire|four|fem|five|sex|seks|six|sju|syv|seven|åtta|åtte|eight|nio|ni|nine|tio|ti|ten|elva|elleve|eleven"
    "|tolv|twelve"
)
_SAID_WEEK = re.compile(
    rf"\b({_EARLY})\s+(?:veckor|uker|weeks?)\s+(?:gravid|pregnant|på vei|along|gone)\b"
    rf"|\b(?:gravid|pregnant|svanger)[\s,]+(?:(?:i|in|for|about|ca|cirka|circa|omtrent|ungefär)\s+)?({_EARLY})\s+"
    r"(?:veckor|uker|weeks?)\b(?!\s*(?:gam|old|sedan|sen\b|siden|ago|av\b|of\b|with|med))",
    re.IGNORECASE,
)
"""An early week in a word, beside the pregnancy: "nine weeks pregnant". A headache may last for nine weeks too."""
_WEEK_FIRST = re.compile(
    r"\s*(?:(?:vecka|uke|week|v\.?)\s*([23]\d)|([23]\d)\s*(?:veckor|uker|weeks?))\b"
    r"(?!\s*(?:gam|old|sedan|sen\b|siden|ago|av\b|of\b|i\b|with|med))",
    re.IGNORECASE,
)
"""A text that begins with such a week is of a pregnancy: "36 weeks, bad headache"."""
_OWN_WEEK = re.compile(
    r"\b(?:i['’]?m|i am|jag (?:är|e)|jeg er|eg er)\s+(?:(?:in|i|about|almost|ca|cirka|nästan|nesten)\s+)*"
    r"(?:(?:vecka|veke|uke|week|v\.?)\s*(\d{1,2})|(\d{1,2})(?:\+\d)?\s*(?:veckor|veker|uker|weeks?|wks?))\b"
    r"(?!\s*(?:gam|old|sedan|sen\b|siden|ago|av\b|of\b|with|med|post|after|efter|etter|into|in\b|inn?\b|på|ute?\b|out))",
    re.IGNORECASE,
)
"""Nobody who writes is that young: "I'm 38 weeks and bleeding"."""
_POSSIBLE: dict[str, tuple[float, float]] = {
    "temp": (25, 45), "spo2": (40, 100), "hr": (15, 300), "rr": (2, 90), "sbp": (40, 300), "dbp": (20, 200),
    "gcs": (3, 15),
    "glucose": (0.3, 70), "ketones": (0, 25), "weight_delta_kg_3d": (-30, 30), "consciousness": (0, 1),
    "oxygen": (0, 1),
}  # fmt: skip
"""Values outside cannot be measured in a living person who is written about."""


class Measures(msgspec.Struct, frozen=True, gc=False):
    """What numbers in one text say. Ages in years and months, pregnancy in weeks."""

    vitals: dict[str, float] = {}
    pains: tuple[tuple[int, int], ...] = ()
    """Where a pain score stands, and the score."""
    age_y: float | None = None
    age_m: float | None = None
    week: float | None = None
    sex: Literal["f", "m"] | None = None
    infant: bool = False
    """Born in a month told without a year: younger than one."""
    odd: tuple[str, ...] = ()
    """Vital signs given with a value that cannot be."""
    spans: tuple[tuple[int, int], ...] = ()
    ages: tuple[tuple[int, int], ...] = ()
    """Where an age stands: its unit says nothing of how long something has lasted."""
    weeks: tuple[tuple[int, int], ...] = ()
    """Where a week of pregnancy stands; nor does that."""


NOTHING = Measures()


def possible(name: str, value: float) -> bool:
    """Whether a vital sign can be true; an unknown name cannot."""
    low, high = _POSSIBLE.get(name, (1, 0))
    return low <= value <= high


def measured(text: str, hints: Hints | None = None) -> Measures:
    """Every number the text gives a meaning to. Without a digit it is searched for a child's age and a week alone, and
    for nothing of which it holds no hint."""
    hints = hints or Hints()
    told = hints.of(text)
    written = text
    if counts(told):
        text = in_digits(text)
        told = hints.of(text) if text is not written else told
    seen = together(told)
    if not seen & DIGIT:
        return _aged(text, seen)
    return _numbers(text, written, seen | BIT["years"] if may_tell_years(told, seen) else seen)


def _numbers(text: str, written: str, seen: int) -> Measures:
    spans: list[tuple[int, int]] = []
    vitals = _vitals(text, spans, seen)
    week, weeks = _week(text, written, seen)
    pains = _pains(text) if seen & BIT["scale"] else []
    rest = text
    if pains:  # without them a number may stand right after "är"
        rest, seen = _PAIN.sub(lambda found: " " * len(found.group()), text), seen | BIT["years"]
    years, months, by_weeks = [
        list(pattern.finditer(rest)) if seen & BIT[name] else []
        for name, pattern in (("years", _YEARS), ("months", _MONTHS), ("weeks", _WEEKS))
    ]
    return Measures(
        vitals={name: value for name, value in vitals.items() if possible(name, value)},
        pains=tuple((at, int(score)) for at, score in pains),
        age_y=_age(years, rest, seen),
        age_m=_months(months, by_weeks),
        week=week,
        sex=_sex(text) if seen & BIT["sex"] else None,
        infant=_born_this_year(text, seen),
        odd=tuple(name for name, value in vitals.items() if value > _POSSIBLE[name][1]),
        spans=tuple(spans),
        ages=tuple(found.span() for found in (*years, *months, *by_weeks)),
        weeks=weeks,
    )


def _pains(text: str) -> list[tuple[int, float]]:
    return [(found.start(), score) for found in _PAIN.finditer(text) if (score := _first(found)) <= 10]


def _aged(text: str, seen: int) -> Measures:
    """ "Vår treåring", "my three-year-old": an age in a word."""
    found = _said_age(text, seen)
    if found is None:
        week, weeks = _week(text, text, seen)
        infant = _born_this_year(text, seen)
        return Measures(week=week, weeks=weeks, infant=infant) if weeks or infant else NOTHING
    return Measures(age_y=_counted(found), ages=(found.span(),))


def _said_age(text: str, seen: int) -> re.Match[str] | None:
    return _SAID_AGE.search(text) if seen & BIT["said_age"] else None


def _counted(found: re.Match[str]) -> float:
    """The number a pattern found in words; it takes other letters for an s or an i too."""
    return _COUNTED[(found[1] or found[2]).upper().lower().replace("\u0307", "")]


def _born_this_year(text: str, seen: int) -> bool:
    """ "Född i mars", "born in March": nobody leaves the year out of an older child's birth."""
    return bool(seen & BIT["born"]) and _BORN.search(text) is not None


def young_spans(text: str, measures: Measures) -> list[tuple[int, int]]:
    """Where the text gives the age of a child: months and weeks, or years below eighteen."""
    found = []
    text = in_digits(text) if measures.ages else text
    for start, end in measures.ages:
        said = text[start:end]
        number = _INTEGER.search(said)
        if number is None or int(number.group()) < GROWN_Y or _SMALL_UNIT.search(said):
            found.append((start, end))
    return found


def _vitals(text: str, spans: list[tuple[int, int]], seen: int) -> dict[str, float]:
    vitals: dict[str, float] = {}
    for name, pattern in _LABELS.items():
        if seen & BIT[name] and (found := pattern.search(text)):
            vitals[name] = _float(found.group(1))
            spans.append(found.span())
    if seen & BIT["percent"] and (found := _PERCENT.search(text)):
        vitals.setdefault("spo2", float(found.group(1)))
    temps = _temperatures(text, seen)
    if temps:
        vitals["temp"] = round(max(temps), 1)
    elif "temp" in vitals and vitals["temp"] > 90:
        vitals["temp"] = round((vitals["temp"] - 32) / 1.8, 1)
    if vitals.get("gcs", 15) < 15:
        vitals["consciousness"] = 1
    for found in _PRESSURE.finditer(text) if seen & BIT["over"] else ():
        upper, lower = int(found.group(1)), int(found.group(2))
        if 60 <= upper <= 280 and 30 <= lower < upper and lower != 10:
            vitals["sbp"], vitals["dbp"] = float(upper), float(lower)
    return vitals


def _temperatures(text: str, seen: int) -> list[float]:
    temps: list[float] = []
    if seen & BIT["warm"]:
        temps = [_degrees(found) for found in (*_DEGREES.finditer(text), *_BARE_TEMP.finditer(text))]
        temps = temps or [_float(found.group(1)) for found in _HAS_TEMP.finditer(text)]
    if seen & BIT["fahrenheit"]:
        temps += [(_degrees(found) - 32) / 1.8 for found in _FAHRENHEIT.finditer(text)]
    return temps


def _degrees(found: re.Match[str]) -> float:
    return _float(f"{found.group(1)}.{found.group(2) or 0}")


def _age(years: list[re.Match[str]], text: str, seen: int) -> float | None:
    age = _first(years[0]) if years else 200
    if age <= 115:
        return age
    said = _said_age(text, seen)
    return None if said is None else _counted(said)


def _sex(text: str) -> Literal["f", "m"] | None:
    """ "54-year-old man", "72F", "kvinna 35 år"."""
    found = _SEX.search(text)
    return None if found is None else "f" if found["f"] or found["f2"] else "m"


def _months(months: list[re.Match[str]], weeks: list[re.Match[str]]) -> float | None:
    if months:
        return _first(months[0])
    return round(_first(weeks[0]) / 4.345, 2) if weeks else None


def _week(text: str, written: str, seen: int) -> tuple[float | None, tuple[tuple[int, int], ...]]:
    """The week of pregnancy and where it stands, from the text with digits and as it was written."""
    pregnant = seen & BIT["pregnant"] and _PREGNANT.search(text)
    found = None
    if pregnant:
        found = _WEEK.search(text)
    elif seen & BIT["weeks"]:
        found = _WEEK_FIRST.match(text) or _OWN_WEEK.search(text)
    early = found is not None and _first(found) < EARLY_WEEKS and not _DIGIT.search(written[slice(*found.span())])
    if found is None or early:
        said = _SAID_WEEK.search(written) if pregnant else None
        return (None, ()) if said is None else (_counted(said), (said.span(),))
    week = _first(found)
    return (week, (found.span(),)) if 2 <= week <= 44 else (None, ())


def _first(found: re.Match[str]) -> float:
    return float(next(group for group in found.groups() if group))


def _float(number: str) -> float:
    return float(number.replace(",", "."))
