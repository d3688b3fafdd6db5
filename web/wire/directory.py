"""The directory as administrators see and change it: sheets of care givers, units and staff."""

from carequeue.handover.times import Answering
from carequeue.hours import Opening
from carequeue.late.sheet import LateSheet
from carequeue.routing.rules import UnitRouting
from carequeue.sheets import CapacitySheet, TargetsSheet
from chat.template_sheet import TemplatesSheet
from chat.waiting.sheet import SilenceSheet
from core.access.rights import RoleName
from core.directory.sheets import ProviderSheet, RolesSheet, StaffSheet, UnitSheet, WaysSheet
from core.directory.store import UnitKind
from core.on_call.port import OnCallReach
from core.rollout.functions import FunctionsSheet
from core.rollout.readiness import ReadinessSheet
from core.sheets.sheet import Fault, Subject
from rtc.sheet import VisitSheet
from web.wire.base import Wire


class SheetValues(Wire, frozen=True, kw_only=True):
    """What is on a sheet, under its name; all empty: nothing, or the standard."""

    provider: ProviderSheet | None = None
    unit: UnitSheet | None = None
    hours: Opening | None = None
    targets: TargetsSheet | None = None
    capacity: CapacitySheet | None = None
    routing: UnitRouting | None = None
    late: LateSheet | None = None
    hand_over: Answering | None = None
    silence: SilenceSheet | None = None
    on_call: OnCallReach | None = None
    visits: VisitSheet | None = None
    templates: TemplatesSheet | None = None
    readiness: ReadinessSheet | None = None
    functions: FunctionsSheet | None = None
    staff: StaffSheet | None = None
    roles: RolesSheet | None = None
    ways: WaysSheet | None = None


class ListDirectory(Wire, frozen=True, kw_only=True):
    """`directory:list`: the care givers one administers, their units, and who works there."""


class ShowSubject(Wire, frozen=True, kw_only=True):
    """`directory:show`: the sheets of one care giver, unit or member of staff."""

    of: Subject
    of_id: str


class ShowSheetHistory(Wire, frozen=True, kw_only=True):
    """`directory:history`: everything that was decided of one sheet."""

    of: Subject
    of_id: str
    sheet: str


class SheetChange(Wire, frozen=True, kw_only=True):
    """What a sheet is to be."""

    of: Subject
    of_id: str = ""
    """Empty: somebody or something new."""
    sheet: str
    value: SheetValues
    """Under the sheet's name; with nothing there back to the standard. A way to sign in is told by `shown`."""
    base: int = 0
    """The number by which the sheet was in force when it was looked at."""


class ForeseeSheet(Wire, frozen=True, kw_only=True):
    """`directory:foresee`: what would be said of a change; nothing is changed."""

    asked: SheetChange


class SheetForeseen(Wire, frozen=True, kw_only=True):
    """Answer to `directory:foresee`."""

    faults: tuple[Fault, ...]
    """What is wrong with it: it cannot be."""
    lowers: tuple[str, ...]
    """The ways in which it can lower safety; with any, another administrator has to approve it."""


class ProposeSheet(Wire, frozen=True, kw_only=True):
    """`directory:propose`: change a sheet. What can lower safety waits for another's approval."""

    client_id: str
    asked: SheetChange
    reason: str


class ApproveSheet(Wire, frozen=True, kw_only=True):
    """`directory:approve`: what another has proposed is to be in force."""

    client_id: str
    of: Subject
    of_id: str
    no: int
    typed: str = ""
    """Of a new identity number to sign in with: typed anew, and compared with what the first has typed."""


class WithdrawSheet(Wire, frozen=True, kw_only=True):
    """`directory:withdraw`: it is not to be, and why."""

    client_id: str
    of: Subject
    of_id: str
    no: int
    reason: str


class SheetShown(Wire, frozen=True, kw_only=True):
    """One sheet as it is in force."""

    sheet: str
    value: SheetValues
    own: bool
    """False: nothing was decided, the standard holds."""
    base: int
    since: str = ""
    proposed_by: str = ""
    approved_by: str = ""
    """Empty where one person was enough."""
    reason: str = ""


class WaitingSheet(Wire, frozen=True, kw_only=True):
    """A change that waits for a second person."""

    no: int
    of: Subject
    of_id: str
    name: str
    sheet: str
    before: SheetValues
    after: SheetValues
    lowers: tuple[str, ...]
    reason: str
    proposed_by: str
    proposed_at: str
    may_approve: bool
    overtaken: bool
    """The sheet has been changed since: it has to be proposed anew."""
    asks_number: bool
    """A new identity number is among it, which whoever approves types too."""


class SubjectShown(Wire, frozen=True, kw_only=True):
    """Answer to `directory:show`, and to every change."""

    of: Subject
    of_id: str
    name: str
    oneself: bool
    """It is the one who asks, who changes nothing of it."""
    sheets: tuple[SheetShown, ...]
    waiting: tuple[WaitingSheet, ...]


class SheetEvent(Wire, frozen=True, kw_only=True):
    """One proposal, and what became of it."""

    no: int
    at: str
    by: str
    value: SheetValues
    lowers: tuple[str, ...]
    reason: str
    status: str
    """`in_force`, `waiting`, `approved` or `withdrawn`."""
    settled_by: str = ""
    settled_at: str = ""
    settled_reason: str = ""


class SheetHistory(Wire, frozen=True, kw_only=True):
    """Answer to `directory:history`: the newest first."""

    events: tuple[SheetEvent, ...]


class DirectoryProvider(Wire, frozen=True, kw_only=True):
    """A legal care giver one administers."""

    provider_id: str
    name: str
    founded_by: str = ""
    """What the one is called that administers it until it has two administrators of its own. Empty: it stands alone."""


class DirectoryUnit(Wire, frozen=True, kw_only=True):
    """One of its units."""

    unit_id: str
    provider_id: str
    name: str
    kind: UnitKind
    takes_chat: bool
    open_now: bool
    manned: bool
    reached: bool
    """Whether anybody on call is told of who is very urgent while nobody is on duty."""


class StaffRole(Wire, frozen=True, kw_only=True):
    """A role at a unit."""

    unit_id: str
    unit: str
    role: RoleName


class DirectoryMember(Wire, frozen=True, kw_only=True):
    """Somebody who works there."""

    staff_id: str
    name: str
    """Empty of somebody whose name is not shown; their own sheet has it."""
    roles: tuple[StaffRole, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    ends_on: str = ""
    employed: bool


class DirectoryShown(Wire, frozen=True, kw_only=True):
    """Answer to `directory:list`."""

    providers: tuple[DirectoryProvider, ...]
    units: tuple[DirectoryUnit, ...]
    staff: tuple[DirectoryMember, ...]
    waiting: tuple[WaitingSheet, ...]
    """Everything that waits for a second person, the oldest first."""


CALLS: tuple[tuple[str, type[Wire], type[Wire]], ...] = (
    ("directory:list", ListDirectory, DirectoryShown),
    ("directory:show", ShowSubject, SubjectShown),
    ("directory:history", ShowSheetHistory, SheetHistory),
    ("directory:foresee", ForeseeSheet, SheetForeseen),
    ("directory:propose", ProposeSheet, SubjectShown),
    ("directory:approve", ApproveSheet, SubjectShown),
    ("directory:withdraw", WithdrawSheet, SubjectShown),
)
"""What is asked of the directory, and what is answered."""
