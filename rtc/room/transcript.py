"""How what is done at the door of a visit reads afterwards, in sentences."""

from core.clock import from_ms
from core.transcript.line import Line, Sentence, Telling
from rtc.room.entries import (
    Company,
    CompanyTold,
    Identity,
    VisitBroughtBack,
    VisitExpected,
    VisitIdentified,
    VisitMissed,
    VisitRemoved,
    VisitSentBack,
    VisitSetAside,
)
from rtc.room.tested import ConnectionTested, Grade

IDENTIFIED = Sentence("Vem {name} är: {how}.", "Hvem {name} er: {how}.", "Who {name} is: {how}.")
HOW: dict[Identity, Sentence] = {
    "document": Sentence("visade legitimation", "viste legitimasjon", "an identity document was shown"),
    "known": Sentence("känd sedan tidigare", "kjent fra før", "known from before"),
    "questions": Sentence("svarade på frågor", "svarte på spørsmål", "answered questions"),
    "e_id": Sentence("inloggad med e-legitimation", "logget inn med e-ID", "signed in with an e-ID"),
    "not_sure": Sentence("kunde inte kontrolleras", "kunne ikke kontrolleres", "could not be made sure"),
}
SENT_BACK = Sentence(
    "Bad {name} vänta i väntrummet igen.", "Ba {name} vente i venterommet igjen.", "Sent {name} back to the lobby."
)
ASIDE = Sentence(
    "Bad {name} vänta medan samtalet fortsatte utan {name}.",
    "Ba {name} vente mens samtalen fortsatte uten {name}.",
    "Asked {name} to wait while the others talked on.",
)
BROUGHT_BACK = Sentence("{name} är med i mötet igen.", "{name} er med i møtet igjen.", "{name} is in the visit again.")
REMOVED = Sentence("Tog ut {name} ur mötet.", "Tok {name} ut av møtet.", "Removed {name} from the visit.")
EXPECTED = Sentence(
    "Sade att mötet börjar ungefär {at}.", "Sa at møtet begynner omtrent {at}.", "Said that it begins about {at}."
)
COMPANY = Sentence("I rummet med {name}: {who}.", "I rommet med {name}: {who}.", "In the room with {name}: {who}.")
WHO: dict[Company, Sentence] = {
    "nobody": Sentence("ingen", "ingen", "nobody"),
    "child": Sentence("barn", "barn", "a child"),
    "relative": Sentence("närstående", "pårørende", "a relative"),
    "carer": Sentence("vård- eller omsorgspersonal", "helse- eller omsorgspersonell", "a carer"),
    "interpreter": Sentence("tolk", "tolk", "an interpreter"),
    "other": Sentence("någon annan", "noen andre", "somebody else"),
}
MISSED = Sentence("{name} kom inte till mötet.", "{name} kom ikke til møtet.", "{name} did not come to the visit.")
TESTED: dict[Grade, Sentence] = {
    "good": Sentence(
        "Provade kamera, ljud och nät: det fungerar bra.",
        "Prøvde kamera, lyd og nett: det virker bra.",
        "Tried camera, sound and network: it works well.",
    ),
    "poor": Sentence(
        "Provade kamera, ljud och nät: det fungerar delvis.",
        "Prøvde kamera, lyd og nett: det virker delvis.",
        "Tried camera, sound and network: it works in part.",
    ),
    "none": Sentence(
        "Provade kamera, ljud och nät: video kommer inte fram.",
        "Prøvde kamera, lyd og nett: video kommer ikke fram.",
        "Tried camera, sound and network: video does not get through.",
    ),
}
THE_PATIENT = Sentence("Patienten", "Pasienten", "The patient")
SOMEBODY = Sentence("en deltagare", "en deltaker", "a participant")


def say_identified(body: VisitIdentified, telling: Telling) -> Line:
    """How staff knew."""
    how = HOW[body.how](telling.lang)
    return Line(text=IDENTIFIED(telling.lang, name=_name(body.name, telling), how=how))


def say_sent_back(body: VisitSentBack, telling: Telling) -> Line:
    """Who did is the entry's author."""
    return Line(text=SENT_BACK(telling.lang, name=_name(body.name, telling)))


def say_aside(body: VisitSetAside, telling: Telling) -> Line:
    """Who did is the entry's author."""
    return Line(text=ASIDE(telling.lang, name=_name(body.name, telling)))


def say_brought_back(body: VisitBroughtBack, telling: Telling) -> Line:
    """Who was aside."""
    return Line(text=BROUGHT_BACK(telling.lang, name=_name(body.name, telling)))


def say_removed(body: VisitRemoved, telling: Telling) -> Line:
    """Who did is the entry's author."""
    return Line(text=REMOVED(telling.lang, name=_name(body.name, telling)))


def say_expected(body: VisitExpected, telling: Telling) -> Line:
    """The time of day where the service is."""
    return Line(text=EXPECTED(telling.lang, at=f"{from_ms(body.at_ms).astimezone(telling.zone):%H:%M}"))


def say_company(body: CompanyTold, telling: Telling) -> Line:
    """As they said themselves."""
    who = ", ".join(WHO[one](telling.lang) for one in body.company)
    return Line(text=COMPANY(telling.lang, name=_name(body.name, telling), who=who))


def say_missed(body: VisitMissed, telling: Telling) -> Line:
    """Whom one waited for."""
    name = THE_PATIENT(telling.lang) if body.role == "patient" else _name(body.name, telling)
    return Line(text=MISSED(telling.lang, name=name))


def say_tested(body: ConnectionTested, telling: Telling) -> Line:
    """How it went, in one sentence; who tried is the entry's author."""
    return Line(text=TESTED[body.grade](telling.lang))


def _name(name: str, telling: Telling) -> str:
    return name or SOMEBODY(telling.lang)
