"""Opening, following and writing in a contact."""

from typing import Literal

from care.followup.entries import FollowUpAlarm
from carequeue.entries import Closed, CloseReason
from chat.attachment.entries import Attached, AttachmentTold
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
    Read,
    Sex,
    Subject,
)
from chat.followup.kinds import FollowUpOpened
from chat.vitals.entries import VitalsTold
from core.access.entries import LookedIn
from core.identity.entries import Protection
from core.log.body import Author, Body
from core.notices.entries import ChannelName, NoticeChosen
from triage.entries import Assessed, Level, SilenceRaised, Understood, UrgencySet
from triage.review.entries import Misread
from triage.state import Change
from web.wire.base import Wire
from web.wire.form import OfForms, OfFormsToPatient
from web.wire.letter import LetterNow, OfLetters
from web.wire.of_queue import OfQueue, OfQueueToStaff
from web.wire.safety_net import OfSafetyNet
from web.wire.session import Language
from web.wire.visit import OfVisit, VisitSummary
from web.wire.waiting import OfWaiting, OfWaitingToStaff


class Erased(Body, tag="erased", frozen=True, kw_only=True):
    """What stood here has been erased. It keeps its number, so that nobody asks for it for ever."""


PatientView = (
    Opened
    | Message
    | Answered
    | Corrected
    | VitalsTold
    | FollowUpOpened
    | FollowUpAlarm
    | OfLetters
    | OfForms
    | OfFormsToPatient
    | Reach
    | Attached
    | AttachmentTold
    | Amended
    | Read
    | Understood
    | OfQueue
    | OfSafetyNet
    | OfWaiting
    | NoticeChosen
    | LookedIn
    | OfVisit
    | Erased
)
StaffView = (
    Opened
    | Message
    | Answered
    | Corrected
    | VitalsTold
    | FollowUpOpened
    | FollowUpAlarm
    | OfLetters
    | OfForms
    | Reach
    | Attached
    | AttachmentTold
    | Amended
    | Read
    | Noted
    | ColleagueAsked
    | ColleagueAnswered
    | Assessed
    | SilenceRaised
    | UrgencySet
    | Misread
    | OfQueue
    | OfQueueToStaff
    | OfSafetyNet
    | OfWaiting
    | OfWaitingToStaff
    | NoticeChosen
    | LookedIn
    | OfVisit
    | Erased
)
EntryBody = PatientView | StaffView


class OpenContact(Wire, frozen=True, kw_only=True):
    """`contact:open`: seek care. Sent again with the same `client_id` it opens nothing new."""

    client_id: str
    unit_id: str | None = None
    service: str | None = None
    """What care is sought for: one of the services `duty:ask` tells of."""
    speaks: str | None = None
    """The language one wants to be answered in, where it is another than the page's: ISO 639 such as `ar`."""
    subject: Subject
    for_person: str | None = None
    """Somebody the patient represents: then age and sex are the register's, and the contact is that person's."""
    age_y: int | None = None
    age_m: int | None = None
    sex: Sex | None = None
    lang: Language
    screen: tuple[str, ...] = ()
    """Ids of emergency questions answered yes."""
    text: str = ""
    """The patient's own words; may be empty only when a screen item is answered yes."""
    title: str | None = None
    """Set: it is a letter to the unit (`unit_id`, else where the person is registered), with this subject."""


class PostMessage(Wire, frozen=True, kw_only=True):
    """`message:post`: write in a contact."""

    contact_id: str
    client_id: str
    text: str
    lang: Language | None = None
    asked: str | None = None
    claim_no: int | None = None
    """Staff: the claim it is written under."""
    seen_no: int | None = None
    """Staff: the newest entry on the screen; behind it, the message is refused with `behind`."""


class GiveAnswer(Wire, frozen=True, kw_only=True):
    """`answer:give`: answer one question of the intake."""

    contact_id: str
    client_id: str
    question: str
    value: bool | float | str


class CorrectReading(Wire, frozen=True, kw_only=True):
    """`reading:correct`: the patient strikes or adds what was understood."""

    contact_id: str
    client_id: str
    struck: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


class SetReach(Wire, frozen=True, kw_only=True):
    """`reach:set`: where the person is and which number reaches them."""

    contact_id: str
    client_id: str
    place: str
    phone: str


class ShowReach(Wire, frozen=True, kw_only=True):
    """`reach:show`: where a protected person is and which number reaches them; recorded by itself."""

    contact_id: str


class ShownReach(Wire, frozen=True, kw_only=True):
    """What the person told last; both empty when they have told nothing."""

    place: str
    phone: str


class SetUrgency(Wire, frozen=True, kw_only=True):
    """`urgency:set`: a nurse sets the level with a reason."""

    contact_id: str
    client_id: str
    claim_no: int
    urgency: Level
    reason: str
    seen_no: int | None = None
    """The newest entry on the screen: lowering is refused with `behind` while newer content lies unseen."""


class CloseContact(Wire, frozen=True, kw_only=True):
    """`contact:close`: end the contact."""

    contact_id: str
    client_id: str
    claim_no: int
    reason: CloseReason
    safety_net: str
    understood: Literal["confirmed", "said", "not_needed"]
    """How it is known that the patient understood: they confirmed this very text, they said so to the nurse, or there
    was nothing to understand. Refused with `not_confirmed` where the reason asks for more (`guidance:show`)."""
    seen_no: int | None = None
    """The newest entry on the screen; behind it, the closing is refused with `behind`."""


class FollowContact(Wire, frozen=True, kw_only=True):
    """`contact:follow`: get everything after `after` (in one's own numbering) and from then on as it happens."""

    contact_id: str
    after: int = 0


class LeaveContact(Wire, frozen=True, kw_only=True):
    """`contact:leave`: hear no more of it on this socket."""

    contact_id: str


class Committed(Wire, frozen=True, kw_only=True):
    """What was sent lies committed in the log."""

    contact_id: str
    no: int
    """Its number in the sender's own numbering."""
    at: str
    repeated: bool = False
    """True when this `client_id` had been committed before: nothing new was written."""


class EntryView(Wire, frozen=True, kw_only=True):
    """One entry as its reader may see it. `no` is numbered without gaps for that audience."""

    no: int
    at: str
    author: Author
    mine: bool
    """True when the reader wrote it."""
    client_id: str = ""
    """The sender's own id, given to the sender only, so that a waiting text can be matched."""
    body: EntryBody


class Wait(Wire, frozen=True, kw_only=True):
    """Where a waiting contact stands."""

    place: int
    """1 = next."""
    low_min: int | None = None
    """The interval that was promised, in minutes from now; null while it cannot be said. Right nine times of ten."""
    high_min: int | None = None
    until: str | None = None
    """When the promised interval is over."""
    broken: bool = False
    """True when it has taken longer than the patient was told before."""
    slower: bool = False
    """True when it is going to take longer than the patient was told before: what was told last holds."""
    nobody: bool = False
    """True while nobody is on duty at the unit: then nothing is promised."""
    opens_at: str | None = None
    """When the unit opens next, while it is closed."""
    surge: bool = False
    """Whether very many seek care at the unit now."""
    outage: dict[str, str] = {}
    """What everybody who comes to the unit is told, by language."""


class Clinician(Wire, frozen=True, kw_only=True):
    """Who holds the contact, as the patient may know it."""

    name: str
    role: str


class ContactSummary(Wire, frozen=True, kw_only=True):
    """The state of a contact, as it is after entry `head`."""

    contact_id: str
    person_id: str = ""
    """Whom it is about, to them and to who stands for them; empty to staff, and where nobody is named."""
    head: int
    """The newest entry's number in the reader's numbering."""
    unit: str
    status: Literal["waiting", "held", "closed"]
    urgency: Level
    assessed: bool
    could_be: Level
    lang: str
    turn: Literal["patient", "staff"]
    """Who owes the next answer."""
    arrived_at: str
    clinician: Clinician | None = None
    holder_id: str | None = None
    """Staff only: who holds it."""
    beside: str | None = None
    """Staff only: who may write to the patient beside the holder, while it is handed over warmly."""
    claim_no: int = 0
    wait: Wait | None = None
    """Patient only, while waiting."""
    visit: VisitSummary | None = None
    letter: LetterNow | None = None
    """Of a contact that began as a letter."""
    closed: Closed | None = None
    reopen_until: str | None = None
    """Patient only: until when a closed contact may be opened again."""
    notice: ChannelName | None = None
    """Patient only: how they are told that something has happened here; none until they choose."""
    protection: Protection | None = None
    """Staff only: how whom it concerns is protected. Nothing may be told that leads to them."""
    changed: tuple[Change, ...] = ()
    """Staff only: what re-readings have changed, the newest last."""
    open_questions: tuple[int, ...] = ()
    """Staff only: numbers of the questions between colleagues that wait for an answer."""
    video: bool = True
    """Staff only: whether the unit offers visits by video now, if only to who was invited."""


class Following(Wire, frozen=True, kw_only=True):
    """Answer to `contact:follow`."""

    entries: tuple[EntryView, ...]
    summary: ContactSummary


class EntryAdded(Wire, frozen=True, kw_only=True):
    """Event `entry`: new entries in a contact this socket follows, in order, and the state after them."""

    contact_id: str
    entries: tuple[EntryView, ...]
    summary: ContactSummary


class WaitChanged(Wire, frozen=True, kw_only=True):
    """Event `wait`: a waiting contact's place moved."""

    contact_id: str
    wait: Wait


class Heads(Wire, frozen=True, kw_only=True):
    """Event `heads`, every 5 s, read from the database: the newest number of everything this socket follows.

    A client that holds less asks again with `…:follow`; one that hears nothing for 12 s says that it may be old.
    """

    at: str
    contacts: dict[str, int] = {}
    boards: dict[str, int] = {}


class ContactAnew(Wire, frozen=True, kw_only=True):
    """Event `contact_anew`: entries of the contact show otherwise than before; `contact:follow` from 0 has them."""

    contact_id: str


class OwnContact(Wire, frozen=True, kw_only=True):
    """One of the patient's contacts, in the list."""

    contact_id: str
    unit: str
    status: Literal["waiting", "held", "closed"]
    opened_at: str
    about: str = ""
    """The name of whom it is about, when that is somebody the patient represents."""
    turn: Literal["patient", "staff"] = "staff"
    """Who owes the next answer."""
    letter: LetterNow | None = None
    """Of one that began as a letter."""


class Empty(Wire, frozen=True, kw_only=True):
    """Nothing to say but that it was done."""
