"""How a visit's kinds read afterwards, in sentences."""

from core.transcript.line import Line, Sentence, Telling
from rtc.entries import (
    Ended,
    GuestCame,
    GuestInvited,
    GuestRole,
    GuestWithdrawn,
    VisitAdmitted,
    VisitEnded,
    VisitJoined,
    VisitKnocked,
    VisitLeft,
    VisitStarted,
)
from rtc.quality.entries import VisitQuality

STARTED = Sentence("Ett möte på video öppnades.", "Et videomøte ble åpnet.", "A video visit was opened.")
KNOCKED = Sentence("{name} kom till väntrummet.", "{name} kom til venterommet.", "{name} came to the lobby.")
ADMITTED = Sentence("Släppte in från väntrummet.", "Slapp inn fra venterommet.", "Let them in from the lobby.")
JOINED = Sentence("{name} kom in i mötet.", "{name} kom inn i møtet.", "{name} joined the visit.")
LEFT = Sentence("Lämnade mötet.", "Forlot møtet.", "Left the visit.")
LOST = Sentence(
    "{name} var inte längre uppkopplad och räknas som borta från mötet.",
    "{name} var ikke lenger tilkoblet og regnes som borte fra møtet.",
    "{name} was no longer connected and counts as gone from the visit.",
)
NOT_ENOUGH = Sentence(
    "Bilden av {name} räckte inte för visuell bedömning.",
    "Bildet av {name} var ikke godt nok for visuell vurdering.",
    "The picture of {name} was insufficient for visual assessment.",
)
ENOUGH = Sentence(
    "Bilden av {name} är bra nog igen.", "Bildet av {name} er godt nok igjen.", "The picture of {name} is enough again."
)
ENDED = Sentence(
    "Mötet slutade. Det varade {n} min.", "Møtet sluttet. Det varte {n} min.", "The visit ended after {n} min."
)
ROLES: dict[GuestRole, Sentence] = {
    "relative": Sentence("närstående", "pårørende", "relative"),
    "interpreter": Sentence("tolk", "tolk", "interpreter"),
    "consultant": Sentence("behandlare från annat håll", "behandler fra et annet sted", "clinician from elsewhere"),
}
INVITED = Sentence(
    "Bjöd in {name} ({role}) till mötet.", "Inviterte {name} ({role}) til møtet.", "Invited {name} ({role})."
)
CAME = Sentence(
    "Öppnade sin inbjudan som {name}.", "Åpnet invitasjonen sin som {name}.", "Opened their invitation as {name}."
)
WITHDRAWN: dict[Ended, Sentence] = {
    "staff": Sentence(
        "Drog tillbaka inbjudan till {name}.",
        "Trakk tilbake invitasjonen til {name}.",
        "Withdrew the invitation of {name}.",
    ),
    "time": Sentence(
        "Inbjudan till {name} gick ut.", "Invitasjonen til {name} gikk ut.", "The invitation of {name} ran out."
    ),
    "protected": Sentence(
        "{name} togs ur mötet: patienten har skyddade personuppgifter.",
        "{name} ble tatt ut av møtet: pasienten har beskyttet identitet.",
        "{name} was taken out of the visit: the patient's identity is protected.",
    ),
}
A_CLINICIAN = Sentence("En behandlare", "En behandler", "A clinician")
"""Only staff may be without a name here."""
MINUTE_S = 60


def say_started(_: VisitStarted, telling: Telling) -> Line:
    """A clinician opened it."""
    return Line(text=STARTED(telling.lang))


def say_knocked(body: VisitKnocked, telling: Telling) -> Line:
    """Who waited."""
    return Line(text=KNOCKED(telling.lang, name=body.name or A_CLINICIAN(telling.lang)))


def say_admitted(_: VisitAdmitted, telling: Telling) -> Line:
    """Who let them in is the entry's author."""
    return Line(text=ADMITTED(telling.lang))


def say_joined(body: VisitJoined, telling: Telling) -> Line:
    """Who was in it."""
    return Line(text=JOINED(telling.lang, name=body.name or A_CLINICIAN(telling.lang)))


def say_left(body: VisitLeft, telling: Telling) -> Line:
    """Who left is the entry's author, unless the service noted it."""
    return Line(text=LOST(telling.lang, name=body.name) if body.name else LEFT(telling.lang))


def say_quality(body: VisitQuality, telling: Telling) -> Line:
    """Whose picture was not enough, or is again."""
    name = body.name or A_CLINICIAN(telling.lang)
    return Line(text=(ENOUGH if body.enough else NOT_ENOUGH)(telling.lang, name=name))


def say_ended(body: VisitEnded, telling: Telling) -> Line:
    """How long it lasted, in whole minutes, at least one."""
    return Line(text=ENDED(telling.lang, n=max(1, round(body.duration_s / MINUTE_S))))


def say_invited(body: GuestInvited, telling: Telling) -> Line:
    """Whom, and as what; who did is the entry's author."""
    return Line(text=INVITED(telling.lang, name=body.name, role=ROLES[body.role](telling.lang)))


def say_came(body: GuestCame, telling: Telling) -> Line:
    """What they call themselves."""
    return Line(text=CAME(telling.lang, name=body.name))


def say_withdrawn(body: GuestWithdrawn, telling: Telling) -> Line:
    """Why they are let in no more."""
    return Line(text=WITHDRAWN[body.why](telling.lang, name=body.name))
