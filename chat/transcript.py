"""How the conversation's kinds read afterwards, in sentences."""

from chat.entries import (
    Amended,
    Answered,
    ColleagueAnswered,
    ColleagueAsked,
    Corrected,
    Message,
    Noted,
    Opened,
    Reach,
)
from core.transcript.line import Line, Sentence, Telling, value_words
from core.transcript.roles import role_words

SUBJECT = {
    "self": Sentence("Kontakten öppnades.", "Henvendelsen ble åpnet.", "The contact was opened."),
    "child": Sentence(
        "Kontakten öppnades. Den gäller ett barn.",
        "Henvendelsen ble åpnet. Den gjelder et barn.",
        "The contact was opened. It is about a child.",
    ),
    "other": Sentence(
        "Kontakten öppnades. Den gäller någon annan.",
        "Henvendelsen ble åpnet. Den gjelder en annen.",
        "The contact was opened. It is about someone else.",
    ),
}
SEX = {"f": Sentence("kvinna", "kvinne", "female"), "m": Sentence("man", "mann", "male")}
YEAR, YEARS = Sentence("1 år", "1 år", "1 year"), Sentence("{n} år", "{n} år", "{n} years")
MONTH, MONTHS = Sentence("1 månad", "1 måned", "1 month"), Sentence("{n} månader", "{n} måneder", "{n} months")
ABOUT = Sentence(
    "Kontakten öppnades för {name}.", "Henvendelsen ble åpnet for {name}.", "The contact was opened for {name}."
)
SCREEN_NONE = Sentence(
    "Ingen av larmfrågorna stämde.",
    "Ingen av alarmspørsmålene stemte.",
    "None of the emergency questions applied.",
)
SCREEN_YES = Sentence("Ja på larmfrågan: {what}", "Ja på alarmspørsmålet: {what}", "Yes to the question: {what}")
STRUCK = Sentence("Rättelse. Har inte: {what}.", "Rettelse. Har ikke: {what}.", "Correction. Does not have: {what}.")
ADDED = Sentence("Rättelse. Har: {what}.", "Rettelse. Har: {what}.", "Correction. Has: {what}.")
REACH = Sentence(
    "Är här: {place}. Nås på {phone}.", "Er her: {place}. Nås på {phone}.", "Is here: {place}. Reached at {phone}."
)
REACH_WITHHELD = Sentence(
    "Har berättat var och hur hen nås. Visas inte: skyddade personuppgifter.",
    "Har fortalt hvor og hvordan vedkommende nås. Vises ikke: beskyttet identitet.",
    "Has told where they are and how to reach them. Not shown: protected identity.",
)
BOOKED = Sentence(
    "Öppnad för ett bokat videomöte. De akuta frågorna ställdes inte.",
    "Åpnet for et bestilt videomøte. De akutte spørsmålene ble ikke stilt.",
    "Opened for a booked video visit. The emergency questions were not asked.",
)
ASKED = Sentence("Fråga till {whom}: {what}", "Spørsmål til {whom}: {what}", "Question to {whom}: {what}")
MONTHS_UNTIL_Y = 2
"""Below this age in years months are told: a year is too coarse for the youngest."""


def say_opened(body: Opened, telling: Telling) -> Line:
    """Whom it is about, and every yes of the emergency screen in its own wording."""
    lang = telling.lang
    age = ", ".join(filter(None, (age_words(body, telling), SEX[body.sex](lang) if body.sex else "")))
    none = BOOKED(lang) if body.booking_id else SCREEN_NONE(lang)
    screen = [SCREEN_YES(lang, what=telling.label(one)) for one in body.screen] or [none]
    about = ABOUT(lang, name=body.about) if body.about else SUBJECT[body.subject](lang)
    return Line(text=" ".join(filter(None, (about, f"{age}." if age else "", *screen))))


def age_words(body: Opened, telling: Telling) -> str:
    """The age in years, of the youngest in months; empty when it was not told."""
    if body.age_m is not None and (body.age_y or 0) < MONTHS_UNTIL_Y:
        return (MONTH if body.age_m == 1 else MONTHS)(telling.lang, n=body.age_m)
    if body.age_y is None:
        return ""
    return (YEAR if body.age_y == 1 else YEARS)(telling.lang, n=body.age_y)


def say_message(body: Message, _: Telling) -> Line:
    """The words as they were written."""
    return Line(text=body.text, said=True, lang=body.lang or "", answers=body.asked or "")


def say_answered(body: Answered, telling: Telling) -> Line:
    """The answer with its question as it was worded."""
    value = value_words(body.value, telling.lang)
    return Line(text=value, said=True, question=body.wording, answers=body.question)


def say_corrected(body: Corrected, telling: Telling) -> Line:
    """What the patient took away or added, by the words they were shown."""
    parts = ((STRUCK, body.struck), (ADDED, body.added))
    told = (say(telling.lang, what=", ".join(map(telling.label, ids))) for say, ids in parts if ids)
    return Line(text=" ".join(told))


def say_reach(body: Reach, telling: Telling) -> Line:
    """Where the person is and which number reaches them."""
    if body.withheld:
        return Line(text=REACH_WITHHELD(telling.lang))
    return Line(text=REACH(telling.lang, place=body.place, phone=body.phone))


def say_amended(body: Amended, _: Telling) -> Line:
    """The addendum, with the message it corrects."""
    return Line(text=body.text, said=True, lang=body.lang or "", refers_to=body.of_no)


def say_noted(body: Noted, _: Telling) -> Line:
    """A note between colleagues."""
    return Line(text=body.text, said=True, private=True)


def say_colleague_asked(body: ColleagueAsked, telling: Telling) -> Line:
    """A question between colleagues, with whom it was put to."""
    whom = body.to_name or role_words(body.to_role, telling.lang)
    return Line(text=ASKED(telling.lang, whom=whom, what=body.text), said=True, private=True)


def say_colleague_answered(body: ColleagueAnswered, _: Telling) -> Line:
    """The answer, with the question it answers."""
    return Line(text=body.text, said=True, private=True, refers_to=body.question_no)
