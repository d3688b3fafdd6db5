"""The table of everything that crosses the wire: socket events both ways and HTTP routes.

Handlers register against these names; a name without a handler, or a handler without a name, stops the start.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from core.access.rights import Right
from web.wire import (
    access,
    attachment,
    audit,
    contact,
    content,
    directory,
    duty,
    earlier,
    guest,
    guidance,
    hand_over,
    health,
    lead,
    login,
    person,
    queue,
    register,
    review,
    safety_net,
    session,
    talk,
    template,
    transcript,
    visit,
    waiting,
)
from web.wire.base import Wire

Who = Literal["anyone", "signed_in", "patient", "staff", "in_visit", "guest"]
"""`signed_in` are patients and staff; a guest of a visit may ask only what `in_visit` or `guest` says."""
Content = Literal["json", "bytes", "nothing", "navigation"]
"""What goes over HTTP: a struct, a file's own bytes, headers alone, a browser that is sent somewhere."""


@dataclass(frozen=True, slots=True)
class SocketCall:
    """What a client may send: answered with `{"ok": answer}` or `{"error": {code, data}}`."""

    name: str
    request: type[Wire]
    answer: type[Wire]
    who: Who
    needs: Right | None = None
    """What it does in a contact or a unit, as far as rights go; None where it reaches neither."""


@dataclass(frozen=True, slots=True)
class SocketEvent:
    """What the server sends by itself."""

    name: str
    body: type[Wire]
    who: Who


@dataclass(frozen=True, slots=True)
class Route:
    """One HTTP route under `/api`; `answer` may be a list of structs, or None where bytes or nothing is given."""

    method: Literal["GET", "POST", "DELETE", "HEAD", "PATCH"]
    path: str
    request: type[Wire] | None
    answer: type | None
    who: Who
    summary: str
    takes: Content = "json"
    gives: Content = "json"
    needs: Right | None = None

    @property
    def name(self) -> str:
        """As handlers are registered."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class DocumentRoute:
    """One HTTP route that answers with a document of its own kind. What is asked stands in the path and the query."""

    path: str
    asked: type[Wire]
    media: str
    who: Who
    summary: str
    needs: Right | None = None

    @property
    def name(self) -> str:
        """As handlers are registered."""
        return f"GET {self.path}"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is handed out; `name` is what it is saved as, and says nothing about anyone."""

    data: bytes
    media: str
    name: str


@dataclass(frozen=True, slots=True)
class StreamedDocument:
    """A document that is made while it is handed out."""

    chunks: AsyncIterator[bytes]
    media: str
    name: str


SOCKET_CALLS = (
    SocketCall("contact:open", contact.OpenContact, contact.Committed, "patient"),
    SocketCall("contact:follow", contact.FollowContact, contact.Following, "signed_in", "read"),
    SocketCall("contact:leave", contact.LeaveContact, contact.Empty, "signed_in"),
    SocketCall("contact:close", contact.CloseContact, contact.Committed, "staff", "write"),
    SocketCall("contact:earlier", earlier.ListEarlier, earlier.EarlierContacts, "staff", "read"),
    SocketCall("safety_net:give", safety_net.GiveSafetyNet, contact.Committed, "staff", "write"),
    SocketCall("safety_net:confirm", safety_net.ConfirmSafetyNet, contact.Committed, "patient", "write"),
    SocketCall("guidance:show", guidance.ShowGuidance, guidance.Guidance, "staff"),
    SocketCall("message:post", contact.PostMessage, contact.Committed, "signed_in", "write"),
    SocketCall("message:amend", talk.AmendMessage, contact.Committed, "signed_in", "write"),
    SocketCall("answer:give", contact.GiveAnswer, contact.Committed, "patient", "write"),
    SocketCall("reading:correct", contact.CorrectReading, contact.Committed, "patient", "write"),
    SocketCall("reach:set", contact.SetReach, contact.Committed, "patient", "write"),
    SocketCall("urgency:set", contact.SetUrgency, contact.Committed, "staff", "write"),
    SocketCall("note:add", talk.AddNote, contact.Committed, "staff", "write"),
    SocketCall("note:draft", talk.DraftNote, talk.NoteDraft, "staff", "read"),
    SocketCall("colleague:list", talk.ListColleagues, talk.ColleagueList, "staff", "write"),
    SocketCall("colleague:ask", talk.AskColleague, contact.Committed, "staff", "write"),
    SocketCall("colleague:answer", talk.AnswerColleague, contact.Committed, "staff", "write"),
    SocketCall("read:mark", talk.MarkRead, contact.Empty, "signed_in", "read"),
    SocketCall("presence:tell", talk.TellPresence, talk.PresenceKey, "signed_in", "read"),
    SocketCall("template:list", template.ListTemplates, template.TemplateList, "staff", "write"),
    SocketCall("template:save", template.SaveTemplate, template.SavedTemplate, "staff"),
    SocketCall("board:follow", queue.FollowBoard, queue.Board, "staff", "board"),
    SocketCall("queue:claim_next", queue.ClaimNext, queue.Claim, "staff", "claim"),
    SocketCall("queue:claim", queue.ClaimContact, queue.Claim, "staff", "claim"),
    SocketCall("contact:reopen", waiting.ReopenContact, contact.Committed, "patient", "write"),
    SocketCall("notice:choose", waiting.ChooseNotice, contact.Committed, "patient", "write"),
    SocketCall("call:try", waiting.TryCall, contact.Committed, "staff", "write"),
    SocketCall("call:end", waiting.EndCall, contact.Committed, "staff", "write"),
    SocketCall("queue:hand_back", queue.HandBack, contact.Committed, "staff", "claim"),
    SocketCall("hand_over:offer", hand_over.OfferHandOver, contact.Committed, "staff", "claim"),
    SocketCall("hand_over:withdraw", hand_over.WithdrawOffer, contact.Committed, "staff", "claim"),
    SocketCall("hand_over:list", hand_over.ListOffers, hand_over.OfferList, "staff", "claim"),
    SocketCall("hand_over:accept", hand_over.AcceptOffer, queue.Claim, "staff", "claim"),
    SocketCall("hand_over:decline", hand_over.DeclineOffer, contact.Empty, "staff", "claim"),
    SocketCall("hand_over:takers", hand_over.ListTakers, hand_over.Takers, "staff", "claim"),
    SocketCall("hand_over:ask", hand_over.AskForCase, contact.Committed, "staff", "claim"),
    SocketCall("hand_over:give", hand_over.GiveCase, contact.Committed, "staff", "claim"),
    SocketCall("hand_over:refuse", hand_over.RefuseCase, contact.Committed, "staff", "claim"),
    SocketCall("duty:set", duty.SetDuty, duty.UnitDuty, "staff", "claim"),
    SocketCall("duty:list", duty.ListDuty, duty.UnitDuty, "staff", "board"),
    SocketCall("duty:ask", duty.AskUnitNow, duty.UnitNow, "patient"),
    SocketCall("lead:show", lead.ShowLead, lead.LeadView, "staff", "lead"),
    SocketCall("surge:set", lead.SetSurge, lead.Steered, "staff", "lead"),
    SocketCall("outage:set", lead.SetOutage, lead.Steered, "staff", "lead"),
    SocketCall("staffing:ask", lead.AskStaffing, lead.StaffingAsked, "staff", "lead"),
    SocketCall("fairness:show", lead.ShowFairness, lead.FairnessSheet, "staff", "lead"),
    SocketCall("reach:show", contact.ShowReach, contact.ShownReach, "staff", "write"),
    SocketCall("person:find", person.FindPerson, person.FoundPersons, "staff", "find"),
    SocketCall("access:open", access.OpenDoor, access.BehindDoors, "staff", "open"),
    SocketCall("access:list", access.ListDoors, access.BehindDoors, "staff"),
    SocketCall("access:close", access.CloseDoor, contact.Empty, "signed_in"),
    SocketCall("access:share", access.ShareContact, access.Shared, "staff", "share"),
    SocketCall("access:shares", access.ListShares, access.Shares, "staff", "share"),
    SocketCall("access:unshare", access.EndShare, contact.Empty, "staff"),
    SocketCall("access:block", access.BlockUnit, access.OwnAccess, "patient"),
    SocketCall("access:mine", access.ListAccess, access.OwnAccess, "patient"),
    SocketCall("content:list", content.ListContentSets, content.ContentSets, "staff", "administer"),
    SocketCall("content:shadow", content.AskShadow, content.Shadowed, "staff", "administer"),
    SocketCall("content:approve", content.ApproveContentSet, contact.Empty, "staff", "administer"),
    SocketCall("content:withdraw", content.WithdrawContentSet, contact.Empty, "staff", "administer"),
    SocketCall("register:list", register.ListRegistrations, register.Registrations, "staff", "administer"),
    SocketCall("register:find", register.FindRegistration, register.FoundRegistrations, "staff", "administer"),
    SocketCall("register:show", register.ShowRegistration, register.Registration, "staff", "administer"),
    SocketCall("register:foresee", register.ForeseeChange, register.Foreseen, "staff", "administer"),
    SocketCall("register:propose", register.ProposeChange, register.Registration, "staff", "administer"),
    SocketCall("register:approve", register.ApproveChange, register.Registration, "staff", "administer"),
    SocketCall("register:withdraw", register.WithdrawChange, register.Registration, "staff", "administer"),
    SocketCall("register:newborn", register.RegisterNewborn, register.Registration, "staff", "administer"),
    *(SocketCall(*one, "staff", "administer") for one in directory.CALLS),
    SocketCall("concept:list", review.ListConcepts, review.ConceptList, "staff", "write"),
    SocketCall("reading:mark", review.MarkReading, contact.Committed, "staff", "write"),
    SocketCall("review:list", review.ListReviews, review.ReviewList, "staff", "review"),
    SocketCall("review:show", review.ShowReview, review.ShownReview, "staff", "review"),
    SocketCall("review:rewrite", review.RewriteReading, contact.Empty, "staff", "review"),
    SocketCall("review:set_aside", review.SetReadingAside, contact.Empty, "staff", "review"),
    SocketCall("looks:list", audit.ListLooks, audit.Looks, "patient"),
    SocketCall("audit:scope", audit.AskAuditScope, audit.AuditScope, "staff", "audit"),
    SocketCall("audit:search", audit.SearchLooks, audit.FoundLooks, "staff", "audit"),
    SocketCall("audit:show", audit.ShowLook, audit.ShownLook, "staff", "audit"),
    SocketCall("check:draw", audit.DrawCheck, audit.ShownCheck, "staff", "audit"),
    SocketCall("check:list", audit.ListChecks, audit.CheckList, "staff", "audit"),
    SocketCall("check:show", audit.ShowCheck, audit.ShownCheck, "staff", "audit"),
    SocketCall("check:redraw", audit.RedrawCheck, audit.Redrawn, "staff", "audit"),
    SocketCall("check:judge", audit.JudgeLook, audit.ShownCheck, "staff", "audit"),
    SocketCall("visit:start", visit.StartVisit, visit.InVisit, "staff", "visit"),
    SocketCall("visit:enter", visit.EnterLobby, visit.InVisit, "in_visit", "visit"),
    SocketCall("visit:admit", visit.AdmitParticipant, contact.Empty, "staff", "visit"),
    SocketCall("visit:leave", visit.LeaveVisit, contact.Empty, "in_visit", "visit"),
    SocketCall("visit:end", visit.EndVisit, contact.Empty, "staff", "visit"),
    SocketCall("visit:signal", visit.SendSignal, contact.Empty, "in_visit", "visit"),
    SocketCall("guest:invite", guest.InviteGuest, guest.GuestSecrets, "staff", "visit"),
    SocketCall("guest:withdraw", guest.WithdrawGuest, contact.Empty, "staff", "visit"),
)

SOCKET_EVENTS = (
    SocketEvent("entry", contact.EntryAdded, "signed_in"),
    SocketEvent("contact_anew", contact.ContactAnew, "staff"),
    SocketEvent("wait", contact.WaitChanged, "patient"),
    SocketEvent("presence", talk.Presence, "signed_in"),
    SocketEvent("access_ended", access.AccessEnded, "signed_in"),
    SocketEvent("access_changed", access.AccessChanged, "staff"),
    SocketEvent("heads", contact.Heads, "in_visit"),
    SocketEvent("board", queue.BoardChanged, "staff"),
    SocketEvent("board_anew", queue.BoardAnew, "staff"),
    SocketEvent("duty", duty.DutyChanged, "staff"),
    SocketEvent("leases", queue.Leases, "staff"),
    SocketEvent("staffing", lead.StaffingTold, "staff"),
    SocketEvent("offers", hand_over.OffersChanged, "staff"),
    SocketEvent("signal", visit.Signal, "in_visit"),
    SocketEvent("visit", guest.VisitChanged, "guest"),
)

FAIRNESS = "A unit's month: waits by level, age group, language and hour. No names, and nothing of small groups."
ATTACHMENT = "/api/attachments/{contact_id}/{attachment_id}"
GUEST = "/api/guest"  # a guest has a cookie of their own: nobody signed in here is signed out by opening a link
ROUTES = (
    Route("GET", "/healthz", None, health.Healthy, "anyone", "The process answers."),
    Route("GET", "/readyz", None, health.Ready, "anyone", "People may be sent here; 503 when not."),
    Route("GET", "/api/shell", None, session.Shell, "anyone", "What the page knows before any call."),
    Route("GET", "/api/demo/people", None, list[session.DemoPerson], "anyone", "Who a demo may be signed in as."),
    Route("POST", "/api/session", session.SignIn, session.Me, "anyone", "Sign in (demo)."),
    Route("GET", "/api/session", None, session.Me, "signed_in", "Who is signed in."),
    Route("DELETE", "/api/session", None, login.SignedOut, "signed_in", "Sign out."),
    Route("GET", "/api/login", None, list[login.LoginProvider], "anyone", "Every provider one may sign in with."),
    Route(
        "GET",
        "/login/keys",
        None,
        None,
        "anyone",
        "Our public key for providers (JWKS, RFC 7517).",
        takes="navigation",
        gives="bytes",
    ),
    Route(
        "GET",
        "/login/{provider_id}",
        None,
        None,
        "anyone",
        "Go to a provider: `level` asks for at least that assurance, `anew=1` for a fresh proof.",
        takes="navigation",
        gives="navigation",
    ),
    Route(
        "GET",
        "/login/{provider_id}/callback",
        None,
        None,
        "anyone",
        "Come back from a provider.",
        takes="navigation",
        gives="navigation",
    ),
    Route(
        "POST",
        "/login/{provider_id}/logout",
        None,
        None,
        "anyone",
        "The provider ends sessions (OpenID Connect Back-Channel Logout).",
        takes="navigation",
        gives="nothing",
    ),
    Route("GET", "/api/sessions", None, list[session.OwnSession], "signed_in", "One's own sessions, the newest first."),
    Route("DELETE", "/api/sessions", None, contact.Empty, "signed_in", "End every session of one's own but this one."),
    Route("DELETE", "/api/sessions/{session_id}", None, contact.Empty, "signed_in", "End one of one's own sessions."),
    Route(
        "POST",
        "/api/session/outbox-key",
        session.AskOutboxKey,
        session.OutboxKey,
        "patient",
        "The key for what the browser keeps until it is sent.",
    ),
    Route("POST", GUEST, guest.OpenGuestLink, guest.AsGuest, "anyone", "Open a guest's link with its code, once."),
    Route("GET", GUEST, None, guest.AsGuest, "guest", "Whose guest one is."),
    Route("DELETE", GUEST, None, contact.Empty, "guest", "Leave the visit and be no guest any more."),
    Route("GET", "/api/units", None, list[session.UnitChoice], "patient", "Units a patient may write to."),
    Route("GET", "/api/contacts", None, list[contact.OwnContact], "patient", "The patient's own contacts."),
    Route(
        "GET",
        "/api/contacts/{contact_id}",
        None,
        contact.Following,
        "signed_in",
        "A contact from its first entry: the transcript.",
        needs="read",
    ),
    Route(
        "POST",
        "/api/attachments",
        attachment.StartAttachment,
        attachment.UploadState,
        "signed_in",
        "Announce a file in a contact; its bytes follow.",
        needs="write",
    ),
    Route(
        "HEAD",
        ATTACHMENT,
        None,
        None,
        "signed_in",
        "How much of one's own upload is committed (tus 1.0.0: Upload-Offset, Upload-Length).",
        gives="nothing",
        needs="write",
    ),
    Route(
        "PATCH",
        ATTACHMENT,
        None,
        None,
        "signed_in",
        "Bytes from Upload-Offset on (tus 1.0.0); what has come when the line breaks is kept.",
        takes="bytes",
        gives="nothing",
        needs="write",
    ),
    Route(
        "DELETE",
        ATTACHMENT,
        None,
        None,
        "signed_in",
        "Take back a file not checked yet (tus 1.0.0).",
        gives="nothing",
        needs="write",
    ),
    Route("GET", ATTACHMENT, None, None, "signed_in", "A checked file.", gives="bytes", needs="read"),
    Route(
        "GET",
        f"{ATTACHMENT}/thumbnail",
        None,
        None,
        "signed_in",
        "A small JPEG of a checked file.",
        gives="bytes",
        needs="read",
    ),
)

DOCUMENTS = (
    DocumentRoute(
        "/api/export.zip",
        transcript.AskExport,
        "application/zip",
        "patient",
        "Everything about oneself that one may see, as an archive (GDPR articles 15 and 20).",
    ),
    DocumentRoute(
        "/api/contacts/{contact_id}/transcript.pdf",
        transcript.AskTranscript,
        "application/pdf",
        "signed_in",
        "The transcript as a tagged PDF (PDF/UA-1).",
        needs="read",
    ),
    DocumentRoute(
        "/fhir/Communication",
        transcript.SearchCommunications,
        "application/fhir+json",
        "signed_in",
        "The transcript as a FHIR R4 Bundle of Communications.",
        needs="read",
    ),
    DocumentRoute("/api/units/{unit_id}/fairness.csv", lead.AskFairness, "text/csv", "staff", FAIRNESS, needs="lead"),
    DocumentRoute(
        "/fhir/AuditEvent",
        audit.SearchAuditEvents,
        "application/fhir+json",
        "staff",
        "Who read or changed what of a person, as a page of FHIR R4 AuditEvents.",
        needs="audit",
    ),
)
