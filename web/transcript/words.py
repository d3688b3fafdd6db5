"""The fixed words of the paper, in each language, and how days and hours are written."""

from datetime import date, datetime

from core.log.author import PROXY
from core.log.body import Author
from core.transcript.line import Lang, Sentence
from core.transcript.roles import role_words

TITLE = Sentence("Samtalslogg", "Samtalelogg", "Transcript")
UNIT = Sentence("Mottagning", "Mottak", "Unit")
ABOUT = Sentence("Patient", "Pasient", "Patient")
PROTECTED = Sentence("Skyddade personuppgifter", "Beskyttet identitet", "Protected identity")
OPENED = Sentence("Öppnad", "Åpnet", "Opened")
CLOSED = Sentence("Avslutad", "Avsluttet", "Closed")
STILL_OPEN = Sentence("Pågår fortfarande", "Pågår fortsatt", "Still open")
PRINTED = Sentence("Hämtad", "Hentet", "Taken out")
BY = Sentence("{at} av {name}", "{at} av {name}", "{at} by {name}")
ZONE = Sentence(
    "Alla tider är lokal tid ({zone}).", "Alle tider er lokal tid ({zone}).", "All times are local ({zone})."
)
WITH_NOTES = Sentence(
    "Innehåller interna anteckningar. Får inte lämnas till patienten utan prövning.",
    "Inneholder interne notater. Skal ikke gis til pasienten uten vurdering.",
    "Contains notes between colleagues. Not for the patient without a decision.",
)
PRIVATE = Sentence("Intern anteckning", "Internt notat", "Between colleagues")
FILES = Sentence("Bifogat: {names}", "Vedlagt: {names}", "Attached: {names}")
REFERS = Sentence("Gäller rad {no}", "Gjelder rad {no}", "Refers to line {no}")
PAGE = Sentence("Sida", "Side", "Page")
SYSTEM = Sentence("Fyr", "Fyr", "Fyr")
NO_STAFF: dict[str, Sentence] = {
    "patient": Sentence("patient", "pasient", "patient"),
    PROXY: Sentence("företrädare", "representant", "representative"),
}
"""What else somebody writes as."""
_MONTHS: dict[Lang, str] = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "en": "January February March April May June July August September October November December",
}


def day_words(day: date, lang: Lang) -> str:
    """A day written out, such as 26 november 2026."""
    dot = "." if lang == "nb" else ""
    return f"{day.day}{dot} {_MONTHS[lang].split()[day.month - 1]} {day.year}"


def moment_words(at: datetime, lang: Lang) -> str:
    """A day and the time of day, with seconds left out."""
    return f"{day_words(at.date(), lang)} {at:%H:%M}"


def who_words(author: Author, lang: Lang) -> str:
    """Who wrote an entry: name and role; a role without a word of ours as the directory has it."""
    if author.kind == "system":
        return SYSTEM(lang)
    role = author.role or (author.kind if author.kind == "patient" else "")
    word = NO_STAFF[role](lang) if role in NO_STAFF else role_words(role, lang)
    return ", ".join(filter(None, (author.name, word)))
