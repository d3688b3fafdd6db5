"""How the queue's kinds read afterwards, in sentences."""

from carequeue.entries import Claimed, Closed, CloseReason, HandedBack, LetterTurned, Queued, Reopened
from carequeue.routing.transcript import say_steps
from core.transcript.line import Line, Sentence, Telling

QUEUED = Sentence("Ställdes i kö.", "Ble satt i kø.", "Put in the queue.")
CLAIMED = Sentence("{name} tog hand om kontakten.", "{name} tok henvendelsen.", "{name} took the contact.")
OF_ROLE: dict[str, Sentence] = {
    "nurse": Sentence("En sjuksköterska", "En sykepleier", "A nurse"),
    "clinician": Sentence("En behandlare", "En behandler", "A clinician"),
}
"""Who took it, where the name is not shown."""
HANDED_BACK = Sentence("Lämnade tillbaka till kön.", "Leverte tilbake til køen.", "Handed back to the queue.")
CLOSED = Sentence("Avslutades: {reason}.", "Ble avsluttet: {reason}.", "Closed: {reason}.")
REOPENED = Sentence("Öppnades igen av patienten.", "Ble åpnet igjen av pasienten.", "Opened again by the patient.")
TURNED = {
    "chat": Sentence("Brevet fortsätter som chatt.", "Brevet fortsetter som chat.", "The letter goes on as a chat."),
    "video": Sentence(
        "Brevet fortsätter som videomöte.", "Brevet fortsetter som videomøte.", "The letter goes on as a video visit."
    ),
}
SAFETY_NET = Sentence("Om det blir sämre: {text}", "Hvis det blir verre: {text}", "If it gets worse: {text}")
REASON: dict[CloseReason, Sentence] = {
    "self_care_advice": Sentence("råd om egenvård", "råd om egenomsorg", "self-care advice"),
    "booked_visit": Sentence("besök bokat", "time bestilt", "visit booked"),
    "video_done": Sentence("klart i videomöte", "ferdig i videomøte", "done in the video visit"),
    "referred_emergency_department": Sentence(
        "hänvisad till akutmottagning", "henvist til akuttmottak", "sent to the emergency department"
    ),
    "called_112_113": Sentence("112/113 larmat", "112/113 varslet", "112/113 called"),
    "referred_other": Sentence("hänvisad till annan vård", "henvist til annen hjelp", "referred elsewhere"),
    "prescription": Sentence("recept", "resept", "prescription"),
    "certificate": Sentence("intyg", "attest", "certificate"),
    "admin_info": Sentence("information", "informasjon", "information given"),
    "no_contact_after_attempts": Sentence(
        "ingen kontakt trots försök", "ingen kontakt tross forsøk", "no contact after attempts"
    ),
    "abandoned": Sentence("patienten lämnade", "pasienten gikk fra samtalen", "the patient left"),
    "wrong_unit": Sentence("fel enhet", "feil enhet", "wrong unit"),
    "duplicate": Sentence("dubblett", "duplikat", "duplicate"),
    "inappropriate_conduct": Sentence("olämpligt uppträdande", "upassende oppførsel", "inappropriate conduct"),
    "technical": Sentence("tekniskt fel", "teknisk feil", "technical problem"),
}


def say_queued(_: Queued, telling: Telling) -> Line:
    """It waits; where, the head of the transcript says."""
    return Line(text=QUEUED(telling.lang))


def say_queued_to_staff(body: Queued, telling: Telling) -> Line:
    """The same with each step that led there."""
    return Line(text=" ".join(filter(None, (QUEUED(telling.lang), say_steps(body.steps, telling)))))


def say_claimed(body: Claimed, telling: Telling) -> Line:
    """Who took it: by name, or by role where a name is not shown."""
    nameless = OF_ROLE.get(body.role, OF_ROLE["clinician"])
    return Line(text=CLAIMED(telling.lang, name=body.name or nameless(telling.lang)))


def say_handed_back(body: HandedBack, telling: Telling) -> Line:
    """That it waits again; why is told to staff only, as the patient's view has no reason."""
    return Line(text=" ".join(filter(None, (HANDED_BACK(telling.lang), body.reason))))


def say_letter_turned(body: LetterTurned, telling: Telling) -> Line:
    """How it goes on."""
    return Line(text=TURNED[body.into](telling.lang))


def say_closed(body: Closed, telling: Telling) -> Line:
    """How it ended and what to watch for."""
    text = CLOSED(telling.lang, reason=REASON[body.reason](telling.lang))
    watch = SAFETY_NET(telling.lang, text=body.safety_net) if body.safety_net else ""
    return Line(text=" ".join(filter(None, (text, watch))))


def say_reopened(_: Reopened, telling: Telling) -> Line:
    """It began again."""
    return Line(text=REOPENED(telling.lang))
