"""What a node is made from."""

from dataclasses import dataclass

from carequeue.claim import Claims
from carequeue.store import Places
from chat.attachment.uploads import Uploads
from core.audit.trail import AuditTrail
from core.clock import Clock
from core.clock_watch import ClockWatch
from core.directory.store import Directory, Unit
from core.identity.register import Register
from core.limit.limits import Limits
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.notices.notices import Told
from core.settings import Settings
from core.storage.redis import LiveIndex
from core.storage.sql import Database
from triage.versions.versions import InForce
from web.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a node is given: opened, started and stopped by `web.app`."""

    settings: Settings
    clock: Clock
    log: Log
    kinds: Kinds
    trail: AuditTrail
    directory: Directory
    register: Register
    database: Database
    in_force: InForce
    terms: Terms
    places: Places
    claims: Claims
    units: list[Unit]
    masters: MasterKeys
    uploads: Uploads
    live: LiveIndex
    limits: Limits
    told: Told
    clock_watch: ClockWatch
