"""Video visits: lobby and signalling. Descriptions and candidates are WebRTC's own (W3C webrtc, RFC 9429)."""

from typing import Literal

from rtc.entries import (
    GuestCame,
    GuestInvited,
    GuestRole,
    GuestWithdrawn,
    VisitAdmitted,
    VisitEnded,
    VisitJoined,
    VisitKnocked,
    VisitLeft,
    VisitRole,
    VisitStarted,
)
from rtc.quality.entries import Measured, VisitQuality
from rtc.room.entries import Company, Identity
from rtc.room.tested import ConnectionResult, Grade
from rtc.state import Place
from web.wire.base import Wire
from web.wire.captions import CAPTION_CALLS, CaptionSaid, OfCaptions
from web.wire.photo import OfPhoto
from web.wire.room import OfRoom

OfVisit = (
    VisitStarted
    | VisitKnocked
    | VisitAdmitted
    | VisitJoined
    | VisitLeft
    | VisitEnded
    | VisitQuality
    | GuestInvited
    | GuestCame
    | GuestWithdrawn
    | OfRoom
    | OfPhoto
    | OfCaptions
)
"""Its entries."""


class VisitMember(Wire, frozen=True, kw_only=True):
    """Someone in a visit or its lobby."""

    participant: str
    name: str
    """To guests the first name of whoever is not staff. Empty for staff whose name is not shown."""
    role: VisitRole
    unit: str = ""
    """Of a clinician: the unit that has the contact. With the role it says who somebody without a name is."""
    place: Place
    """`aside`: waits while the others talk; nothing of the visit reaches them."""
    put_out: bool = False
    """Of who has left: they may not be here any more, and a connection with them ends at once."""
    since: str = ""
    """To staff: since when they are where they are."""
    identity: Identity | None = None
    """To staff: how it was made sure who they are."""
    company: tuple[Company, ...] = ()
    """To staff: who is in the room with them, as they said; empty: they have not said."""
    tested: Grade | None = None
    """To staff: how their newest test went, if they have told of one."""
    test: ConnectionResult | None = None
    photo_asked: bool = False
    """Staff ask whether a picture may be taken with their camera, and they have not answered."""
    captions: bool | None = None
    """Whether what they say may be made into text; null: they have not said."""
    poor: bool = False
    """For somebody in the visit their picture is not enough to judge by it now."""
    lang: str = ""
    """Of an interpreter: the language between which and the contact's own they interpret (BCP 47)."""


class InvitedGuest(Wire, frozen=True, kw_only=True):
    """Someone invited by a link, come or not; told to staff."""

    guest_id: str
    participant: str
    name: str
    """As the clinician wrote it; what they call themselves stands among the members."""
    role: GuestRole
    lang: str
    until: str
    """When the link opens nothing any more; once they have come, when they must leave."""
    came: bool


class VisitSummary(Wire, frozen=True, kw_only=True):
    """A visit that is going on."""

    visit_id: str
    members: tuple[VisitMember, ...]
    guests: tuple[InvitedGuest, ...] = ()
    expected: str = ""
    """When who waits is to be let in, if staff have said."""
    relayed: bool = False
    """Three were in it at once: from then on everybody sends to the relay, and not to each other."""
    captions: bool = False
    """Somebody has asked for what is said as text: everybody else is asked."""


class StartVisit(Wire, frozen=True, kw_only=True):
    """`visit:start`: the clinician who holds the contact opens a visit and is in it."""

    contact_id: str
    client_id: str
    claim_no: int


class EnterLobby(Wire, frozen=True, kw_only=True):
    """`visit:enter`: come to a visit. The patient lands in the lobby; who was admitted before comes straight in."""

    contact_id: str
    visit_id: str


class AdmitParticipant(Wire, frozen=True, kw_only=True):
    """`visit:admit`: a clinician lets someone in from the lobby."""

    contact_id: str
    visit_id: str
    participant: str


class LeaveVisit(Wire, frozen=True, kw_only=True):
    """`visit:leave`: hang up; the visit goes on for the others."""

    contact_id: str
    visit_id: str


class EndVisit(Wire, frozen=True, kw_only=True):
    """`visit:end`: a clinician ends the visit for all."""

    contact_id: str
    visit_id: str


class IceServer(Wire, frozen=True, kw_only=True):
    """One entry of RTCConfiguration.iceServers."""

    urls: tuple[str, ...]
    username: str = ""
    credential: str = ""


class InVisit(Wire, frozen=True, kw_only=True):
    """Answer to `visit:start` and `visit:enter`."""

    visit_id: str
    participant: str
    """One's own id in this visit."""
    place: Literal["lobby", "in", "aside"]
    ice_servers: tuple[IceServer, ...]
    relay_only: bool = False
    """Everything goes by those servers (`iceTransportPolicy: "relay"`): nobody learns another's network address."""
    captions: bool = False
    """Captions may be asked for: there is a recogniser, and the unit has decided to use it."""


class Description(Wire, frozen=True, kw_only=True):
    """RTCSessionDescriptionInit."""

    type: Literal["offer", "answer", "pranswer", "rollback"]
    sdp: str


class Candidate(Wire, frozen=True, kw_only=True):
    """RTCIceCandidateInit; an empty candidate ends the gathering."""

    candidate: str
    sdpMid: str | None = None  # noqa: N815 - W3C's own name
    sdpMLineIndex: int | None = None  # noqa: N815 - W3C's own name
    usernameFragment: str | None = None  # noqa: N815 - W3C's own name


class SendSignal(Wire, frozen=True, kw_only=True):
    """`visit:signal`: to one other participant who is in the visit. Answered with `not_connected` if they are not."""

    contact_id: str
    visit_id: str
    to: str
    description: Description | None = None
    candidate: Candidate | None = None


class Signal(Wire, frozen=True, kw_only=True):
    """Event `signal`: from another participant. The patient is the polite peer."""

    visit_id: str
    sender: str
    description: Description | None = None
    candidate: Candidate | None = None


class JoinRelay(Wire, frozen=True, kw_only=True):
    """`relay:join`: come to the relay of a visit one is in. Its offer follows as the event `relay_offer`."""

    contact_id: str
    visit_id: str
    session: str
    """The page's own word for this connection; a new one takes the place of the former."""


class AnswerRelay(Wire, frozen=True, kw_only=True):
    """`relay:answer`: to the offer of this number. An answer that cannot be used is refused with `bad_request`."""

    contact_id: str
    visit_id: str
    session: str
    offer_no: int
    description: Description


class RestartRelay(Wire, frozen=True, kw_only=True):
    """`relay:restart`: the network has changed; an offer with new credentials follows (ICE restart)."""

    contact_id: str
    visit_id: str
    session: str


class MuteParticipant(Wire, frozen=True, kw_only=True):
    """`visit:mute`: a clinician turns somebody's microphone off. Only they themselves turn it on again."""

    contact_id: str
    visit_id: str
    participant: str


class Muted(Wire, frozen=True, kw_only=True):
    """Event `muted`: a clinician has turned one's own microphone off."""

    visit_id: str


class NoteQuality(Wire, frozen=True, kw_only=True):
    """`visit:quality`: another's picture was not enough to judge by it for ten seconds, or is enough again."""

    contact_id: str
    visit_id: str
    of: str
    enough: bool
    measured: Measured


class SayStates(Wire, frozen=True, kw_only=True):
    """`relay:say`: what one's microphone, camera and screen do, to everybody else in the visit."""

    contact_id: str
    visit_id: str
    microphone: bool
    camera: bool
    sharing: bool


class RelayTile(Wire, frozen=True, kw_only=True):
    """Which media ids of an offer are whose."""

    participant: str
    audio: str
    video: str


class RelayOffer(Wire, frozen=True, kw_only=True):
    """Event `relay_offer`: the relay alone makes offers, one at a time."""

    visit_id: str
    session: str
    offer_no: int
    description: Description
    tiles: tuple[RelayTile, ...]


class RelayHeld(Wire, frozen=True, kw_only=True):
    """Event `relay_held`: whose pictures are held back now, since one's own line does not carry them."""

    visit_id: str
    participants: tuple[str, ...]


class RelayGone(Wire, frozen=True, kw_only=True):
    """Event `relay_gone`: this connection with the relay is over; the page comes again, unless it was replaced."""

    visit_id: str
    session: str
    replaced: bool = False
    """The same person has come by another page of theirs."""


class HereInVisit(Wire, frozen=True, kw_only=True):
    """`visit:here`: this page of one's own is in the visit. One's other pages hear it, and let go of theirs."""

    contact_id: str
    visit_id: str
    page_id: str
    """The page's own word for itself."""
    resumes: bool = False
    """Its line has come back: a page that was entered since then says so again."""


class PageHere(Wire, frozen=True, kw_only=True):
    """Event `page_here`: another page of one's own says that it is in the visit, or this one's own word comes back."""

    visit_id: str
    page_id: str
    said_ms: int
    """When the service heard it: of two that were said at once the later one holds, on every page alike."""
    resumes: bool = False


class StatesSaid(Wire, frozen=True, kw_only=True):
    """Event `states`: what another participant says of their devices."""

    visit_id: str
    sender: str
    microphone: bool
    camera: bool
    sharing: bool


PASSING_CALLS: dict[str, type[Wire]] = {
    "relay:join": JoinRelay,
    "relay:answer": AnswerRelay,
    "relay:restart": RestartRelay,
    "relay:say": SayStates,
    "visit:here": HereInVisit,
    "visit:mute": MuteParticipant,
    "visit:quality": NoteQuality,
    **CAPTION_CALLS,
}
"""Calls of whoever is in a visit; each is answered with nothing."""
TOLD_IN_VISIT: dict[str, type[Wire]] = {
    "signal": Signal,
    "relay_offer": RelayOffer,
    "relay_held": RelayHeld,
    "relay_gone": RelayGone,
    "states": StatesSaid,
    "page_here": PageHere,
    "muted": Muted,
    "caption_said": CaptionSaid,
}
"""What whoever is in a visit is told by the others and by the relay."""
