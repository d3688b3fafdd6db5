"""One node: every part of the service, made once from the settings and handed to whoever answers a call."""

from collections.abc import Callable
from datetime import date

import msgspec
from aiohttp import web

from care.benefits.baseline import Baselines
from care.benefits.store import BenefitRows
from care.forms.assignments import Assignments
from carequeue.duty.duties import Duties
from carequeue.handover.handovers import HandOvers
from carequeue.handover.rule import beside
from carequeue.handover.store import Offers
from carequeue.lease.store import StaffSeen
from carequeue.promise.store import PromiseRows
from carequeue.staffing.trials import Trials
from carequeue.waited.store import WaitedRows
from chat.colleagues import Colleagues
from chat.post import Chat
from chat.store import Templates
from chat.waiting.calls import Calls
from core.access.doors import Doorkeeper
from core.access.gates import Gates
from core.access.standing import Standing
from core.access.store import Doors
from core.actor import Actor
from core.audit.reading import AuditReader
from core.audit.spot_check import SpotChecks
from core.audit.store import AuditRows
from core.audit.ties import Ties
from core.directory.store import Unit
from core.errors import FyrError
from core.identity.changes import Changes
from core.identity.protections import Protections
from core.ids import StreamId
from core.lockout.store import Lockouts
from core.log.append import Head
from core.log.entry import Scope
from core.log.kinds import Audience
from core.on_call.port import make_on_call
from core.outbound import Outbound
from core.session.levels import SignInLevels, level_rules
from core.session.limits import SessionLimits
from core.session.outbox_key import OutboxKeys
from core.session.quick.store import QuickCopies
from core.session.store import Sessions
from core.zones import ZONES
from rtc.captions.captions import Captions
from rtc.guest.guests import PREFIX, Guests
from rtc.guest.secret import GuestDigests
from rtc.guest.store import GuestLinks
from rtc.photo.photos import Photos
from rtc.room.room import Rooms
from rtc.visit import Visits
from triage.review.reviews import Reviews
from triage.review.store import ReviewItems
from triage.shadow.store import ShadowRows
from triage.versions.store import ContentSets
from triage.versions.versions import Versions
from web.advising import advising
from web.agreed import agreements_of
from web.booking import make_booking
from web.captioning import Captioning
from web.deciding import make_administration
from web.followup import make_follow_ups
from web.health import Health
from web.lead import steerings_of
from web.letters import letter_now
from web.limits import CallLimits
from web.login.login import Login
from web.login.who import Finder
from web.parts import Parts
from web.push.fanout import Fanout
from web.push.follows import Follows
from web.push.guests import GuestWatch
from web.push.leases import Leases
from web.push.lines import Lines
from web.push.marks import Marks
from web.push.offers import OfferTeller
from web.push.pusher import Pusher
from web.push.relays import Relays
from web.push.rooms import Room, board_room
from web.push.sessions import SessionWatch
from web.push.views import summary, wire_time
from web.push.waits import Waits
from web.push.watch import AccessWatch
from web.routing import make_router
from web.shell import make_shell
from web.sockets.departures import Departures
from web.sockets.server import SocketServer
from web.strangers import Strangers
from web.terms import make_sheets
from web.transcript.pdf import Press
from web.unit_sheets import UnitSheets
from web.wire.contact import ContactSummary, Wait
from web.wire.duty import DutyChanged
from web.wire.events import GUEST
from web.wire.session import Shell


class Node:
    """The parts, by name. `web.app.run_node` starts and stops them in order."""

    def __init__(self, parts: Parts) -> None:
        self.settings, self.clock, self.log, self.kinds = parts.settings, parts.clock, parts.log, parts.kinds
        self.clock_watch = parts.clock_watch
        self.health = Health(parts.database, parts.live, parts.clock)
        self.limits = CallLimits(parts.settings, parts.limits)
        self._decide_who_enters(parts)
        self._care(parts)
        self._connect(parts)
        self.router = make_router(self, parts.units, parts.terms.routing)
        self.take_units(parts.units)

    def _decide_who_enters(self, parts: Parts) -> None:
        """Who is who, and what they may."""
        self.register = parts.register
        self.changes = Changes(parts.log, parts.register)
        self.protections = Protections(parts.register.rows, parts.clock)
        self.lockouts = Lockouts(parts.database, parts.clock)
        self.agreements = agreements_of(parts, self.lockouts)
        self.guests = self._guests(parts)
        self.gates = Gates(parts.log, parts.trail, parts.clock, admits=self.guests.admits)
        self.trail = parts.trail
        self.directory, self.sessions = parts.directory, self._sessions(parts)
        self.doors = Doors(parts.database)
        self.doorkeeper = Doorkeeper(parts.log, self.doors, parts.clock, same=parts.register.rows.same)
        self.standing = Standing(parts.directory, self.doors, parts.register, clock=parts.clock)
        self.outbox_keys = OutboxKeys(parts.masters)
        self.strangers = Strangers(self.limits, self.lockouts)
        self._know(parts)
        self._audit(parts)

    def _audit(self, parts: Parts) -> None:
        """Who has read what, and who checks it."""
        rows = AuditRows(parts.database)
        self.audit, self.spot_checks = AuditReader(parts.log, rows), SpotChecks(parts.log, rows, parts.clock)
        self.trail.ties_of = Ties(
            parts.directory,
            parts.register,
            self.login.logins,
            is_protected=lambda person_id: self.protections.of_person(person_id) is not None,
            clock=parts.clock,
        ).of

    def _know(self, parts: Parts) -> None:
        """How it is known who somebody is, and how surely it must be."""
        settings, clock = parts.settings, parts.clock
        self.login = Login(settings, database=parts.database, masters=parts.masters, clock=clock)
        self.levels = SignInLevels(level_rules(settings.country), settings.country, demo=settings.demo, clock=clock)
        self.finder = Finder(parts.directory, parts.register, self.login.logins, today=self.today)

    def _guests(self, parts: Parts) -> Guests:
        return Guests(
            parts.log,
            GuestLinks(parts.database),
            GuestDigests(parts.masters),
            lockouts=self.lockouts,
            clock=parts.clock,
            link_ms=parts.settings.guest_link_s * 1000,
            shut=lambda scope: self.protections.of(scope) is not None,
        )

    def _sessions(self, parts: Parts) -> Sessions:
        copies = QuickCopies(parts.live.client, parts.masters, parts.clock)
        return Sessions(parts.database, parts.clock, limits=SessionLimits.of(parts.settings), copies=copies)

    def _care(self, parts: Parts) -> None:
        """What is said and done in a contact."""
        log, clock = parts.log, parts.clock
        self.content, self.content_files = parts.in_force
        self.deadlines, self.capacity, self.places = parts.terms.deadlines, parts.terms.capacity, parts.places
        self.visit_rules, self.functions = parts.terms.visits, parts.terms.functions
        self.versions = Versions(log, ContentSets(parts.database))
        self.shadowed = ShadowRows(parts.database)
        self.reviews = Reviews(log, ReviewItems(parts.database))
        self.templates, self.shared_templates = Templates(parts.database, clock), parts.terms.templates
        self.claims, self.uploads = parts.claims, parts.uploads
        self.hand_over_times, self.late_rules = parts.terms.hand_over, parts.terms.late
        self.outbound = Outbound()
        self.on_call = make_on_call(parts.settings, self.outbound)
        self.duties = Duties(log, StaffSeen(parts.database), clock, unit_ids=lambda: self.unit_ids)
        self.hand_overs = HandOvers(log, Offers(parts.database), parts.places, is_shut=self.is_shut)
        self.chat, self.colleagues, self.visits = Chat(log), Colleagues(log), Visits(log, clock)
        self.rooms = Rooms(log, clock)
        self.booking = make_booking(
            log, parts.database, parts.terms.booking, clock=clock, country=parts.settings.country
        )
        self.follow_ups = make_follow_ups(
            log, parts.database, parts.terms.programmes, clock=clock, country=parts.settings.country
        )
        self.photos, self.captions, self.captioning = Photos(log), Captions(log), Captioning(self)
        self.steps, self.calls = parts.terms.steps, Calls(log, parts.terms.steps, clock)
        self.notices = parts.told.notices
        self.shell: Shell = make_shell(parts.settings, self.content, parts.told)
        self.forms = Assignments(log)
        self.advising = advising(parts.settings, log, self.steps, numbers=self.shell.numbers)
        self.press = Press()
        self.waited, self.promises = WaitedRows(parts.database), PromiseRows(parts.database)
        self.benefits, self.baselines = BenefitRows(parts.database), Baselines(parts.log)
        self.waits = Waits(self, self.promises, self.waited)
        self.trials = Trials()
        self.steerings = steerings_of(parts, lambda: self.unit_ids)
        self.sheets, self.unit_sheets = make_sheets(parts.settings, parts.terms, self.on_call), UnitSheets(self)
        self.administration = make_administration(
            parts.log,
            parts.database,
            parts.directory,
            sheets=self.sheets,
            sessions=self.sessions,
            today=self.today,
            demo=parts.settings.demo,
        )

    def take_units(self, units: list[Unit]) -> None:
        """These are the units from now on. Raises `directory_empty` when none takes chats."""
        self.router.take_units(units)
        self._units = {unit.id: unit for unit in units}

    def _connect(self, parts: Parts) -> None:
        """The lines to browsers and to other nodes."""
        self.form_targets: tuple[str, ...] = ()
        """Origins of sign-in services that a form of ours may lead to."""
        self.follows = Follows()
        self.sockets = SocketServer(self)
        self.departures = Departures(self)
        self.offers, self.leases = OfferTeller(self), Leases(self)
        self.duties.when_changed = self._tell_duty
        self.steerings.when_changed = self._tell_duty
        self.pusher = Pusher(self)
        self.watch = AccessWatch(self)
        self.protections.when_changed = Marks(self).changed
        self.session_watch = SessionWatch(self)
        self.guest_watch = GuestWatch(self)
        self.fanout = Fanout(
            parts.live.url,
            self.pusher,
            carry=self.sockets.carry,
            carries="web" in parts.settings.roles,
            kinds=parts.kinds,
            masters=parts.masters,
            clock=parts.clock,
        )
        self.relays, self.lines = Relays(self, parts.live), Lines(self, parts.live)
        self.fanout.on("session_ended", self.sockets.end_session)
        self.fanout.on("back", self.departures.back)
        self.fanout.on("sheets", self.unit_sheets.wake)
        self.forgetting: list[Callable[[StreamId], None]] = [parts.log.forget_key]
        """What each node does when a stream's words have been erased, here or elsewhere."""
        self.fanout.on("erased", self._forget)

    def _forget(self, stream: str) -> None:
        for forget in self.forgetting:
            forget(StreamId(stream))

    @property
    def unit_ids(self) -> list[str]:
        """Every unit there is."""
        return list(self._units)

    def unit_names(self) -> dict[str, str]:
        """What every unit is called, by its id."""
        return {unit_id: unit.name for unit_id, unit in self._units.items()}

    @property
    def secure(self) -> bool:
        """True when browsers reach us by TLS."""
        return self.settings.https or self.settings.public_url.startswith("https:")

    @property
    def cookie_name(self) -> str:
        """`__Host-` ties the cookie to this host and to TLS; plain HTTP, for a demo on one machine, cannot have it."""
        return "__Host-fyr" if self.secure else "fyr"

    def cookie_of(self, path: str) -> str:
        """The cookie that says who asks for this path: a guest has one of their own."""
        return f"{self.cookie_name}-guest" if path == GUEST else self.cookie_name

    def origins_of(self, request: web.Request) -> set[str]:
        """Origins of pages that may change anything by HTTP, or open a socket."""
        return (
            {self.settings.public_url.rstrip("/")}
            if self.settings.public_url
            else {f"{request.scheme}://{request.host}"}
        )

    def today(self) -> date:
        """The day on the wall of the deployment's country."""
        return self.clock.now().astimezone(ZONES[self.settings.country]).date()

    def now_ms(self) -> int:
        """The present, in milliseconds since 1970."""
        return self.clock.ms()

    def unit_name(self, unit_id: str) -> str:
        """The unit's name as people know it."""
        return self._units[unit_id].name if unit_id in self._units else unit_id

    def unit_phone(self, unit_id: str) -> str | None:
        """The number the unit is called at, if it has told one."""
        return self._units[unit_id].phone if unit_id in self._units else None

    def unit_provider(self, unit_id: str) -> str | None:
        """The legal care giver of a unit; None when there is no such unit."""
        return self._units[unit_id].provider_id if unit_id in self._units else None

    async def actor_of_token(self, token: str, *, address: str = "") -> Actor | None:
        """Who holds this session token, with the roles they have now, at this address; None when it is not valid."""
        held = await self.sessions.find(token) if token else None
        if held is None:
            return None
        of_guest = held.actor_id.startswith(PREFIX)
        find = self.guests.actor if of_guest else self.standing.actor
        actor = await find(held.actor_id, session_id=held.session_id, address=address)
        return actor.proved(held.assurance, held.proved_ms) if actor else None

    def staff_on(self, unit_id: str) -> set[str]:
        """Members of staff (actor ids) who have the unit's board open, on any node."""
        return self.follows.staff_on(unit_id) | self.fanout.peers.staff_on(unit_id)

    def opens_at(self, unit_id: str) -> str | None:
        """When a unit that is closed by its hours opens next."""
        now_ms = self.now_ms()
        opens_ms = self.deadlines.opens_ms(unit_id, now_ms)
        return wire_time(opens_ms) if opens_ms is not None and opens_ms > now_ms else None

    def takes_text(self, unit_id: str) -> bool:
        """Whether patients may write to the unit now: while it is open or manned, and always where that is chosen."""
        always = self.settings.demo or unit_id in self.on_call.taking
        return always or self.duties.is_manned(unit_id) or self.opens_at(unit_id) is None

    def require_taking(self, unit_id: str) -> None:
        """Refuse with `nobody_on_duty` what would be written where nobody reads it."""
        if not self.takes_text(unit_id):
            raise FyrError("nobody_on_duty", opens_at=self.opens_at(unit_id))

    def _tell_duty(self, unit_id: str) -> None:
        """Every node looks by itself: each tells its own."""
        self.deliver(board_room(unit_id), "duty", msgspec.json.encode(DutyChanged(unit_id=unit_id)))

    def deliver(self, room: Room, event: str, body: bytes) -> None:
        """Send an event, its body JSON already, to who is in the room on this node."""
        self.sockets.send(event, body, self.follows.in_room(room))

    async def is_shut(self, scope: Scope) -> bool:
        """Whether the person has blocked what the unit knows of them for all other units."""
        same = await self.register.rows.same(scope.person_id) if scope.person_id else ()
        blocks = [one for person_id in same for one in await self.doors.blocks_of(person_id)]
        return any((one.provider_id, one.unit_id) == (scope.provider_id, scope.unit_id) for one in blocks)

    def is_protected(self, head: Head) -> bool:
        """Whether nothing may be told that leads to whom the contact concerns."""
        return self.protections.of(head.scope) is not None

    async def summary(self, head: Head, audience: Audience) -> ContactSummary:
        """The state of a contact for an audience, with the wait for the patient."""
        wait = await self.waits.look(head) if audience == "patient" else None
        return self.known_summary(head, audience, wait)

    def known_summary(self, head: Head, audience: Audience, wait: Wait | None) -> ContactSummary:
        """The same with the wait as it was last looked up."""
        return summary(
            head,
            audience=audience,
            unit=self.unit_name(head.scope.unit_id),
            wait=wait,
            reopen_until_ms=self.calls.reopen_until_ms(head.state),
            protection=self.protections.of(head.scope),
            beside=beside(head.state, self.hand_over_times, now_ms=self.now_ms()),
            video=self.functions.function_at(head.scope.unit_id, "video_visit", at_ms=self.now_ms()) != "off",
            letter=letter_now(head, self.deadlines),
        )

    def require_screen_ids(self, ids: tuple[str, ...]) -> None:
        """Refuse ids that are no item of the emergency screen."""
        known = {question.id for question in (*self.shell.screen_adult, *self.shell.screen_child)}
        if not known.issuperset(ids):
            raise FyrError("bad_request", where="$.screen", what="not an item of the emergency screen")

    def require_concepts(self, concepts: tuple[str, ...]) -> None:
        """Refuse concepts the content does not have."""
        if any(self.content.concept(concept) is None for concept in concepts):
            raise FyrError("bad_request", where="$", what="not a concept")

    def content_label(self, name: str, lang: str) -> str:
        """What a concept, or a question of the emergency screen, is called in a language; its id when unknown."""
        for question in (*self.shell.screen_adult, *self.shell.screen_child):
            if question.id == name:
                return question.wording.get(lang, name)
        return self.content.label(name, lang)

    def question_wording(self, question_id: str, lang: str) -> str:
        """The question as this contact's language words it. Raises `bad_request` for one the content does not have."""
        question = self.content.question(question_id)
        if question is None:
            raise FyrError("bad_request", where="$.question", what="not a question")
        return question.wording.get(lang)
