"""A note begun from what lies in a contact: SBAR in sentences, each with the numbers of the entries it rests on.

Made by rule: the patient's own words in quotes, answers with their questions, what the assessment says, what the nurse
has told the patient. Nothing is concluded that does not stand in an entry; the recommendation is what was advised, and
stays empty where nothing was. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from carequeue.handover.entries import HandOverOffered
from chat.entries import Amended, Answered, Corrected, Message, NotePart, NoteSentence, Opened
from chat.safety_net.entries import SafetyNetConfirmed, SafetyNetGiven
from chat.transcript import ADDED, SEX, STRUCK, age_words
from chat.vitals.entries import VitalsTold
from chat.vitals.transcript import told as measured
from chat.waiting.entries import CallTried
from chat.waiting.transcript import TRIED
from core.log.body import ActorKind, Body
from core.transcript.line import Lang, Sentence, Telling, value_words
from triage.entries import Assessed, Level, SilenceRaised, UrgencySet

PARTS: tuple[NotePart, ...] = ("situation", "background", "assessment", "recommendation")
HEADS: dict[NotePart, Sentence] = {
    "situation": Sentence("Situation", "Situasjon", "Situation"),
    "background": Sentence("Bakgrund", "Bakgrunn", "Background"),
    "assessment": Sentence("Aktuellt", "Analyse", "Assessment"),
    "recommendation": Sentence("Rekommendation", "Råd", "Recommendation"),
}
QUOTE_LIMIT = 400
"""Code points of the patient's words in one sentence; the rest is a press away."""
QUOTE = Sentence("”{text}”", "«{text}»", "“{text}”")
WRITES = Sentence("Patienten skriver: {quote}", "Pasienten skriver: {quote}", "The patient writes: {quote}")
ADDS = Sentence("Tillägg: {quote}", "Tillegg: {quote}", "Addendum: {quote}")
SUBJECT = {
    "self": Sentence("Gäller den som skriver: {who}.", "Gjelder den som skriver: {who}.", "About who writes: {who}."),
    "child": Sentence("Gäller ett barn: {who}.", "Gjelder et barn: {who}.", "About a child: {who}."),
    "other": Sentence("Gäller någon annan: {who}.", "Gjelder en annen: {who}.", "About someone else: {who}."),
}
UNKNOWN = Sentence("ålder och kön inte angivna", "alder og kjønn ikke oppgitt", "age and sex not told")
ALARM = Sentence(
    "Ja på larmfrågan: {what}.", "Ja på alarmspørsmålet: {what}.", "Yes to the emergency question: {what}."
)
NOT_READ = Sentence(
    "Tjänsten förstod inte tillräckligt för att bedöma.",
    "Tjenesten forsto ikke nok til å vurdere.",
    "The service did not understand enough to judge.",
)
JUDGED = Sentence("Bedömt som: {level}.", "Vurdert som: {level}.", "Judged as: {level}.")
BECAUSE = Sentence("{text} ({words}).", "{text} ({words}).", "{text} ({words}).")
DENIED = Sentence("Patienten uppger: inte {what}.", "Pasienten oppgir: ikke {what}.", "The patient says: no {what}.")
OPEN = Sentence("Obesvarat: {what}", "Ubesvart: {what}", "Not answered: {what}")
SET = Sentence(
    "Vårdpersonal satte: {level}. {reason}.",
    "Helsepersonell satte: {level}. {reason}.",
    "Staff set: {level}. {reason}.",
)
RAISED = Sentence(
    "Höjt eftersom ingen svarade: {level}.", "Hevet fordi ingen svarte: {level}.", "Raised as nobody answered: {level}."
)
ADVISED = Sentence("Råd om det blir sämre: {quote}", "Råd hvis det blir verre: {quote}", "If it gets worse: {quote}")
CONFIRMED = Sentence(
    "Patienten har bekräftat råden.", "Pasienten har bekreftet rådene.", "The patient has confirmed the advice."
)
ANSWERED = Sentence("Svar till patienten: {quote}", "Svar til pasienten: {quote}", "Answer to the patient: {quote}")
LEVEL: dict[Level, Sentence] = {
    "immediate": Sentence("omedelbart", "umiddelbart", "immediate"),
    "very_urgent": Sentence("mycket brådskande", "svært haster", "very urgent"),
    "urgent": Sentence("brådskande", "haster", "urgent"),
    "within_24h": Sentence("inom ett dygn", "innen et døgn", "within 24 h"),
    "routine": Sentence("kan vänta", "kan vente", "routine"),
    "self_care": Sentence("egenvård", "egenomsorg", "self-care"),
}


class Told(NamedTuple):
    """One entry as staff see it."""

    no: int
    by: ActorKind
    body: Body


def draft_of(told: Sequence[Told], telling: Telling) -> tuple[NoteSentence, ...]:
    """The draft of a contact, part by part, in the reader's language."""
    parts: dict[NotePart, Iterable[NoteSentence]] = {
        "situation": _situation(told, telling),
        "background": _background(told, telling),
        "assessment": _assessment(told, telling),
        "recommendation": _recommendation(told, telling),
    }
    return tuple(sentence for part in PARTS for sentence in parts[part])


def written(sentences: Sequence[NoteSentence], lang: Lang) -> str:
    """The note as one text, a paragraph a part; what is empty is left out."""
    paragraphs = []
    for part in PARTS:
        said = [one.text.strip() for one in sentences if one.part == part and one.text.strip()]
        if said:
            paragraphs.append(f"{HEADS[part](lang)}: {' '.join(said)}")
    return "\n\n".join(paragraphs)


def _situation(told: Sequence[Told], telling: Telling) -> Iterator[NoteSentence]:
    for no, _, body in told:
        if isinstance(body, Opened):
            yield _sentence("situation", SUBJECT[body.subject](telling.lang, who=_who(body, telling)), no)
            for one in body.screen:
                yield _sentence("situation", ALARM(telling.lang, what=telling.label(one).rstrip("?.")), no)
    first = next((one for one in told if _is_patients(one)), None)
    if first is not None and isinstance(first.body, Message):
        yield _sentence("situation", WRITES(telling.lang, quote=_quote(first.body.text, telling)), first.no)


def _who(body: Opened, telling: Telling) -> str:
    known = (age_words(body, telling), SEX[body.sex](telling.lang) if body.sex else "")
    return ", ".join(filter(None, known)) or UNKNOWN(telling.lang)


def _background(told: Sequence[Told], telling: Telling) -> Iterator[NoteSentence]:
    """What the patient has said after the first message, in order."""
    first = next((one.no for one in told if _is_patients(one)), None)
    for one in told:
        if one.no != first:
            yield from (_sentence("background", text, one.no) for text in _said(one, telling))


def _said(one: Told, telling: Telling) -> Iterator[str]:
    lang, body = telling.lang, one.body
    if isinstance(body, Answered):
        yield f"{body.wording} {value_words(body.value, lang)}."
    elif isinstance(body, Corrected):
        parts = ((STRUCK, body.struck), (ADDED, body.added))
        yield from (say(lang, what=", ".join(map(telling.label, ids))) for say, ids in parts if ids)
    elif isinstance(body, Amended) and one.by != "staff":
        yield ADDS(lang, quote=_quote(body.text, telling))
    elif isinstance(body, Message) and one.by != "staff":
        yield WRITES(lang, quote=_quote(body.text, telling))


def _assessment(told: Sequence[Told], telling: Telling) -> Iterator[NoteSentence]:
    newest = next((one for one in reversed(told) if isinstance(one.body, Assessed)), None)
    if newest is not None and isinstance(newest.body, Assessed):
        yield from _judged(newest.no, newest.body, telling)
    for no, _, body in told:
        if isinstance(body, VitalsTold):
            yield _sentence("assessment", measured(body, telling), no)
        elif isinstance(body, SilenceRaised):
            yield _sentence("assessment", RAISED(telling.lang, level=LEVEL[body.urgency](telling.lang)), no)
        elif isinstance(body, UrgencySet):
            level, reason = LEVEL[body.urgency](telling.lang), body.reason.strip().rstrip(".")
            yield _sentence("assessment", SET(telling.lang, level=level, reason=reason), no)
        elif isinstance(body, CallTried):
            note = f" {body.note}" if body.note else ""
            yield _sentence("assessment", TRIED[body.outcome](telling.lang) + note, no)


def _judged(no: int, body: Assessed, telling: Telling) -> Iterator[NoteSentence]:
    lang = telling.lang
    yield _sentence(
        "assessment", JUDGED(lang, level=LEVEL[body.urgency](lang)) if body.assessed else NOT_READ(lang), no
    )
    for reason in (*body.reasons, *((body.path,) if body.path else ())):
        rests_on = tuple(dict.fromkeys((no, *(entry for entry, _, _ in reason.at))))
        words = ", ".join(QUOTE(lang, text=word) for word in reason.words)
        text = reason.text.rstrip(".")
        if text:
            said = BECAUSE(lang, text=text, words=words) if words else f"{text}."
            yield NoteSentence(part="assessment", text=said, nos=rests_on)
    yield from (_sentence("assessment", DENIED(lang, what=what), no) for what in body.denied)
    yield from (_sentence("assessment", OPEN(lang, what=one.wording), no) for one in body.ask)


def _recommendation(told: Sequence[Told], telling: Telling) -> Iterator[NoteSentence]:
    for no, by, body in told:
        if isinstance(body, SafetyNetGiven):
            yield _sentence("recommendation", ADVISED(telling.lang, quote=_quote(body.text, telling)), no)
        elif isinstance(body, SafetyNetConfirmed):
            text = CONFIRMED(telling.lang)
            yield NoteSentence(part="recommendation", text=text, nos=(body.given_no, no))
        elif isinstance(body, Message) and by == "staff":
            yield _sentence("recommendation", ANSWERED(telling.lang, quote=_quote(body.text, telling)), no)
        elif isinstance(body, HandOverOffered):
            yield _sentence("recommendation", body.recommendation, no)


def _is_patients(one: Told) -> bool:
    return isinstance(one.body, Message) and one.by != "staff"


def _quote(text: str, telling: Telling) -> str:
    plain = " ".join(text.split())
    short = plain if len(plain) <= QUOTE_LIMIT else plain[:QUOTE_LIMIT].rstrip() + " …"
    return QUOTE(telling.lang, text=short)


def _sentence(part: NotePart, text: str, no: int) -> NoteSentence:
    return NoteSentence(part=part, text=text, nos=(no,))
