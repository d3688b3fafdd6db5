"""Makes a node from its settings, in the order things depend on each other, and takes it down in reverse."""

import contextlib
import socket
from collections.abc import AsyncIterator, Sequence

from aiohttp import web

import care.registered
import carequeue.registered
import chat.attachment.kinds
import chat.form.kinds
import chat.kinds
import chat.safety_net.kinds
import chat.vitals.kinds
import chat.waiting.kinds
import core.access.kinds
import core.audit.entries
import core.identity.kinds
import core.notices.kinds
import core.retention.kinds
import core.sheets.kinds
import rtc.kinds
import triage.kinds
import triage.review.kinds
import triage.versions.kinds
from care.agreement.store import agreement_table
from care.booking.store import booking_tables
from care.followup.store import follow_up_table
from carequeue.claim import Claims
from carequeue.handover.store import hand_over_table
from carequeue.index import IndexKeeper
from carequeue.lease.keeper import LeaseKeeper
from carequeue.lease.store import StaffSeen
from carequeue.live.store import Index
from carequeue.report import Assessor
from carequeue.store import Places, place_table
from chat.attachment.entries import AttachmentTold
from chat.attachment.inspector import Inspector
from chat.attachment.uploads import Uploads
from chat.starter import starter_templates
from chat.store import Templates
from core.access.store import block_table, door_table
from core.attachments.blobs import open_blobs, require_working
from core.attachments.one_store import require_one_store
from core.attachments.scan import Clamd
from core.attachments.store import AttachmentRows
from core.audit.index import audit_index
from core.audit.store import check_table
from core.audit.trail import AuditTrail
from core.background import Background
from core.clock import Clock, SystemClock
from core.clock_watch import CheckedClock, ClockWatch
from core.directory.kept import directory_tables
from core.directory.region import demo_providers, demo_region
from core.directory.store import Directory, Region
from core.identity.loading import load_region
from core.identity.register import Register
from core.identity.store import person_tables
from core.ids import new_id
from core.key_file import master_keys
from core.keyring.field import Fields
from core.keyring.store import load_kept_keys, seal_names
from core.limit.limits import Limits
from core.limit.store import SharedUse
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.rows import KeptTable
from core.log.seal import MasterKeys
from core.outbox.store import OutboxRows
from core.outbox.worker import Handler, OutboxWorker
from core.record.keeper import HeadKeeper
from core.record.store import RecordRows
from core.settings import Settings
from core.storage.about import settle_demo
from core.storage.redis import LiveIndex, open_redis
from core.storage.sql import Database
from core.timers.wake.store import DueTimes
from core.transcript.transcript import require_told
from rtc.guest.store import guest_link_table
from triage.review.store import review_table
from triage.versions.store import ContentSets, content_table
from triage.versions.versions import content_in_force
from web.api.routes import LARGEST_BODY, add_probes, add_routes
from web.benefits import look_after_benefits
from web.booking import look_after_booking
from web.followup import OF_FOLLOW_UPS
from web.handlers import require_handlers
from web.middleware import answer_errors, set_headers
from web.node import Node
from web.numbers import look_after_numbers
from web.on_call import look_after_duty
from web.opened_record import sole_use
from web.origin import check_origin
from web.pages import add_pages
from web.parts import Parts
from web.persons import open_register
from web.policy import headers_everywhere, page_policy
from web.reading.aside import open_reader
from web.reading.numbered import NumberedReader
from web.reading.shadow import open_shadow
from web.retention import look_after_retention
from web.routing import rerouter, turn_of, with_routing_service
from web.terms import Terms, load_terms
from web.waiting import look_after_waiting, open_notices, timers
from web.waits import look_after_waits

OF_STREAMS: tuple[KeptTable, ...] = (
    *person_tables(),
    door_table(),
    block_table(),
    audit_index(),
    check_table(),
    guest_link_table(),
    content_table(),
    review_table(),
    hand_over_table(),
    *booking_tables(),
    agreement_table(),
    follow_up_table(),
    *directory_tables(),
)
"""Tables the log keeps beside its streams: who is who, works where and may see what, what is booked and agreed on."""
FORGET_EVERY_S = 3600.0
"""How often lock-outs that nobody remembers are deleted."""

NODE = web.AppKey("node", Node)
"""Where an application keeps its node."""

KINDS = Kinds(
    (
        *core.access.kinds.KINDS,
        *core.audit.entries.KINDS,
        *core.identity.kinds.KINDS,
        *triage.kinds.KINDS,
        *carequeue.registered.KINDS,
        *chat.kinds.KINDS,
        *chat.attachment.kinds.KINDS,
        *chat.vitals.kinds.KINDS,
        *chat.form.kinds.KINDS,
        *care.registered.KINDS,
        *chat.safety_net.kinds.KINDS,
        *chat.waiting.kinds.KINDS,
        *core.notices.kinds.KINDS,
        *core.retention.kinds.KINDS,
        *core.sheets.kinds.KINDS,
        *rtc.kinds.KINDS,
        *OF_FOLLOW_UPS,
        *triage.review.kinds.KINDS,
        *triage.versions.kinds.KINDS,
    )
)


@contextlib.asynccontextmanager
async def run_node(
    settings: Settings, *, reads_aside: bool = False, clock: Clock | None = None
) -> AsyncIterator[web.Application]:
    """The application of a started node, for as long as it runs.

    With `reads_aside` what patients write is read by a process of its own, if this one serves calls as well.
    Raises what stops a start: `settings_invalid`, `content_invalid`, `database_unsafe`, `unreachable`, `clock_off`,
    `missing_tool`, `unknown_kind`.
    """
    require_handlers()
    require_told(KINDS)
    async with contextlib.AsyncExitStack() as stack:
        node, database, keeper = await _build(settings, stack, CheckedClock(clock or SystemClock()))
        works = "worker" in settings.roles
        worker = await _set_to_work(node, database, keeper, stack=stack, aside=reads_aside) if works else None
        node.log.on_commit(node.fanout.committed)
        await node.protections.start()
        stack.push_async_callback(node.protections.stop)
        node.pusher.start()
        stack.push_async_callback(node.pusher.stop)
        node.watch.start()
        stack.push_async_callback(node.watch.stop)
        node.session_watch.start()
        stack.push_async_callback(node.session_watch.stop)
        node.guest_watch.start()
        stack.push_async_callback(node.guest_watch.stop)
        forgetting = Background("lockouts", node.lockouts.forget, every_s=FORGET_EVERY_S)
        forgetting.start()
        stack.push_async_callback(forgetting.stop)
        node.fanout.start()
        stack.push_async_callback(node.fanout.stop)
        node.relays.start()
        stack.push_async_callback(node.relays.stop)
        node.lines.start()
        stack.push_async_callback(node.lines.stop)
        stack.push_async_callback(node.captioning.stop)
        stack.push_async_callback(node.departures.stop)
        if worker is not None:
            worker.start()
            stack.push_async_callback(worker.stop)
        yield _application(node)


def _application(node: Node) -> web.Application:
    application = web.Application(
        middlewares=[answer_errors, check_origin(node.origins_of)], client_max_size=LARGEST_BODY
    )
    application[NODE] = node
    application.on_response_prepare.append(
        set_headers(headers_everywhere(strict_transport=node.secure and not node.settings.https))
    )
    if "web" not in node.settings.roles:
        add_probes(application, node)
        return application
    add_routes(application, node)
    add_pages(application, node.shell, policy=page_policy(node.settings.public_url, form_targets=node.form_targets))
    node.sockets.io.attach(application)
    application.on_shutdown.append(lambda _: node.sockets.close())
    return application


def kept_tables(settings: Settings, terms: Terms | None = None) -> list[KeptTable]:
    """The tables that follow streams in the transaction that changes them. Raises `content_invalid`.

    Without `terms` by what the files say: for commands that change nothing about anybody who waits.
    """
    terms = terms or load_terms(settings)
    return [place_table(terms.deadlines), *timers(terms), *OF_STREAMS]


def _limits(clock: Clock, live: LiveIndex, stack: contextlib.AsyncExitStack) -> Limits:
    limits = Limits(clock, SharedUse(live.client).add)
    limits.start()
    stack.push_async_callback(limits.stop)
    return limits


async def open_record(
    settings: Settings,
    stack: contextlib.AsyncExitStack,
    *,
    clock: Clock,
    masters: MasterKeys,
    tables: Sequence[KeptTable],
) -> tuple[Database, Log]:
    """The database, brought up to date, and the log on it, its heads signed as it grows."""
    database = Database(settings.sql_url)
    stack.push_async_callback(database.close)
    await database.migrate()
    await load_kept_keys(database, masters)
    await seal_names(database, masters)
    await settle_demo(database, demo=settings.demo, made_up=demo_providers())
    log = Log(database, KINDS, masters=masters, clock=clock, state_tables=tables)
    await log.start()
    stack.push_async_callback(log.stop)
    heads = HeadKeeper(RecordRows(database), masters, folder=settings.heads_folder, clock=clock)
    log.on_commit(heads.heard)
    heads.start()
    stack.push_async_callback(heads.stop)
    return database, log


async def _load_demo(
    region: Region, directory: Directory, register: Register, *, templates: Templates, clock: Clock
) -> None:
    """Fill what is empty with the made-up region; what is there stays as it is."""
    await load_region(directory, register, region, today=clock.now().date())
    await templates.start(starter_templates(unit.id for unit in await directory.units()))


async def _build(
    settings: Settings, stack: contextlib.AsyncExitStack, clock: CheckedClock
) -> tuple[Node, Database, IndexKeeper]:
    terms, masters = load_terms(settings), master_keys(settings)
    if settings.embedded:
        stack.enter_context(sole_use(settings))
    told = await stack.enter_async_context(open_notices(settings, clock))
    tables = kept_tables(settings, terms)
    database, log = await open_record(settings, stack, clock=clock, masters=masters, tables=tables)
    watch = await _watch_clock(database, clock, stack)
    live = await stack.enter_async_context(open_redis(settings))
    directory, places = Directory(database, Fields(masters), clock=clock), Places(database)
    index = Index(live.client)
    register = open_register(settings, log, database, masters=masters, clock=clock)
    if settings.demo:
        await _load_demo(
            demo_region(settings.country), directory, register, templates=Templates(database, clock), clock=clock
        )
    keeper = IndexKeeper(index, places, OutboxRows(database), deadlines=terms.deadlines, clock=clock)
    uploads = await _attachments(settings, log, database, stack=stack, clock=clock)
    _keep_index(keeper, log, stack)
    # A stream of this process alone: nodes on one host would overtake each other with every look.
    trail = AuditTrail(log, clock=clock, node=f"{socket.gethostname()}:{new_id()}", masters=masters)
    parts = Parts(
        settings=settings,
        clock=clock,
        log=log,
        kinds=KINDS,
        trail=trail,
        directory=directory,
        register=register,
        database=database,
        in_force=await content_in_force(ContentSets(database)),
        terms=terms,
        places=places,
        claims=Claims(log, index, places, capacity=terms.capacity, clock=clock),
        units=await directory.units(),
        masters=masters,
        uploads=uploads,
        live=live,
        limits=_limits(clock, live, stack),
        told=told,
        clock_watch=watch,
    )
    node = Node(parts)
    node.unit_sheets.mend_index = keeper.mend
    await _look_after(node, database, live, stack=stack)
    return node, database, keeper


async def _look_after(node: Node, database: Database, live: LiveIndex, *, stack: contextlib.AsyncExitStack) -> None:
    """What a node does by itself, beside the calls."""
    await node.unit_sheets.start()
    stack.push_async_callback(node.unit_sheets.stop)
    stack.push_async_callback(node.login.close)
    node.clock_watch.when_wrong = node.sockets.end_all
    await node.audit.fill()
    await stack.enter_async_context(with_routing_service(node))
    _keep_leases(node, database, stack)
    await stack.enter_async_context(look_after_duty(node, database))
    await stack.enter_async_context(look_after_waits(node))
    if "worker" in node.settings.roles:
        await stack.enter_async_context(look_after_benefits(node))
        await stack.enter_async_context(look_after_waiting(node, database, DueTimes(live.client)))
        await stack.enter_async_context(look_after_booking(node, database))
        await stack.enter_async_context(look_after_retention(node, database))
        await stack.enter_async_context(look_after_numbers(node))


async def _watch_clock(database: Database, clock: CheckedClock, stack: contextlib.AsyncExitStack) -> ClockWatch:
    watch = ClockWatch(database, clock)
    await watch.start()
    stack.push_async_callback(watch.stop)
    return watch


async def _set_to_work(
    node: Node, database: Database, keeper: IndexKeeper, *, stack: contextlib.AsyncExitStack, aside: bool
) -> OutboxWorker:
    """The worker of what follows a commit; it and the live index listen to the log."""
    log, aside = node.log, aside and "web" in node.settings.roles
    read = await stack.enter_async_context(open_reader(node.content, files=node.content_files, aside=aside))
    assessor = Assessor(log, NumberedReader(read, node.shell.numbers), then=rerouter(node))
    await stack.enter_async_context(open_shadow(node, assessor, database))
    node.forgetting += [assessor.forget, lambda _: read.forget()]
    handlers: dict[str, Handler] = {"assess": assessor, "index": keeper.follow, "door": node.doorkeeper.tell}
    worker = OutboxWorker(OutboxRows(database), handlers, clock=node.clock)
    log.on_commit(assessor.heard)
    log.on_commit(lambda _: worker.wake())
    return worker


def _keep_index(keeper: IndexKeeper, log: Log, stack: contextlib.AsyncExitStack) -> None:
    keeper.turn_of = turn_of
    log.on_commit(keeper.heard)
    keeper.start()
    stack.push_async_callback(keeper.stop)


def _keep_leases(node: Node, database: Database, stack: contextlib.AsyncExitStack) -> None:
    """In every role: it also notes whom this process reaches, without which what they hold would be given back."""
    seen, reached = StaffSeen(database), node.follows.staff_reached
    lease_ms = node.settings.lease_s * 1000
    leases = LeaseKeeper(
        node.log,
        seen,
        clock=node.clock,
        reached=reached,
        counted_on=node.duties.staff,
        lease_ms=lease_ms,
        running_out=node.leases.running_out,
    )
    leases.start()
    stack.push_async_callback(leases.stop)


async def _attachments(
    settings: Settings, log: Log, database: Database, *, stack: contextlib.AsyncExitStack, clock: Clock
) -> Uploads:
    """Attachments with the inspector at work."""
    blobs = open_blobs(settings.attachments_url, settings.data_dir / "attachments")
    rows = AttachmentRows(database)
    await require_working(blobs)
    await require_one_store(settings, blobs, database)
    scanner = Clamd(settings.clamd_url) if settings.clamd_url else None
    inspector = Inspector(log, rows, blobs, clock=clock, scanner=scanner)
    log.on_commit(lambda _: inspector.wake(), of=(AttachmentTold,))
    inspector.start()
    stack.push_async_callback(inspector.stop)
    return Uploads(log, rows, blobs, clock=clock)
