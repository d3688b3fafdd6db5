"""The register of persons as administrators see and change it. A number goes in, in a body; none ever comes out."""

from chat.entries import Sex
from core.identity.entries import ChangeKind, Protection, ProxyBasis, Temporary
from core.identity.kinds import ChangeStatus
from core.identity.number import NumberKind
from core.identity.proxy import Hindrance
from web.wire.base import Wire


class ListRegistrations(Wire, frozen=True, kw_only=True):
    """`register:list`: what waits to be done at one's own legal care givers."""


class FindRegistration(Wire, frozen=True, kw_only=True):
    """`register:find`: the registration of whose number this is; the audit keeps the number's digest."""

    number: str
    """In any usual way of writing it."""


class ShowRegistration(Wire, frozen=True, kw_only=True):
    """`register:show`: one registration."""

    person_id: str


class PersonChange(Wire, frozen=True, kw_only=True):
    """What is to be changed of who a person is."""

    kind: ChangeKind
    person_id: str
    other_id: str = ""
    """`merge`: whose registration stays. `proxy`, `end_proxy`: who stands for the person."""
    protection: Protection | None = None
    """`protect`: how."""
    basis: ProxyBasis | None = None
    shares_address: bool = False
    """`proxy`: whether the population register has the two at one address."""
    until: str = ""
    """`proxy`: the last day on which they stand for the person; empty: until it is ended or the age rules end it."""
    wrong: bool = False
    """`end_number`: it never was theirs; else they have another now, and are found by both."""


class ForeseeChange(Wire, frozen=True, kw_only=True):
    """`register:foresee`: what would follow from a change; nothing is changed."""

    change: PersonChange
    number: str = ""
    """Of `number` and `end_number`: which."""


class Foreseen(Wire, frozen=True, kw_only=True):
    """What follows from a change."""

    second: bool
    """Whether another administrator has to approve it."""
    contacts: int = 0
    """`merge`, `part`: contacts with one's own legal care givers that become, or are no longer, the other's too."""
    differs: tuple[str, ...] = ()
    """`merge`: what the two registrations have different (`born_on`, `sex`): perhaps they are two persons."""
    protects: bool = False
    """`merge`: whether whoever stays becomes protected, since the other is."""
    proxies: int = 0
    """`protect`: who stands for them, or for whom they stand, and no longer would; `lift`: who would again."""
    hindrance: Hindrance | None = None
    """`proxy`: why the rules in force let nobody in by it now."""
    until: str = ""
    """`proxy`: when it ends by itself; empty when that day is not known."""


class ProposeChange(Wire, frozen=True, kw_only=True):
    """`register:propose`: change something. What opens anything to anybody waits for another's approval."""

    client_id: str
    change: PersonChange
    number: str = ""
    """Of `number` and `end_number`: which."""
    reason: str


class ApproveChange(Wire, frozen=True, kw_only=True):
    """`register:approve`: do what another has proposed."""

    client_id: str
    change_id: str
    number: str = ""
    """Of `number`: typed anew, and compared with what the first has typed."""


class WithdrawChange(Wire, frozen=True, kw_only=True):
    """`register:withdraw`: it is not to be done, and why."""

    client_id: str
    change_id: str
    reason: str


class RegisterNewborn(Wire, frozen=True, kw_only=True):
    """`register:newborn`: somebody who has no number yet, with who has the custody of them at the same address."""

    client_id: str
    unit_id: str
    name: str
    born_on: str
    """A day, as 2026-11-27."""
    sex: Sex | None = None
    guardian_id: str = ""


class ShownChange(Wire, frozen=True, kw_only=True):
    """A change as it stands."""

    change_id: str
    change: PersonChange
    person: str
    other: str = ""
    """Names; of somebody who stands for somebody protected, none."""
    reason: str
    status: ChangeStatus
    proposed_by: str
    proposed_at: str
    settled_by: str = ""
    settled_at: str = ""
    may_approve: bool
    foreseen: Foreseen | None
    """What follows, as long as it waits."""


class HeldNumber(Wire, frozen=True, kw_only=True):
    """That somebody has, or had, a number of this kind."""

    kind: NumberKind
    since: str
    until: str = ""


class MergedPerson(Wire, frozen=True, kw_only=True):
    """Somebody who turned out to be the person."""

    person_id: str
    name: str


class RegisteredProxy(Wire, frozen=True, kw_only=True):
    """Somebody who stands for the person, or for whom the person does."""

    person_id: str
    proxy_id: str
    name: str
    """Of the other of the two; empty when either is protected."""
    basis: ProxyBasis
    until: str = ""
    """When they stand for them no more, by the rules in force and the register; empty when no day is known."""
    hindrance: Hindrance | None
    """Why the rules let them not stand now."""


class Registration(Wire, frozen=True, kw_only=True):
    """A person as the register has them."""

    person_id: str
    name: str
    born_on: str
    sex: Sex | None
    unit: str
    """Where they are registered; never of somebody protected."""
    temporary: Temporary
    protection: Protection | None
    merged_into: str
    numbers: tuple[HeldNumber, ...]
    merged: tuple[MergedPerson, ...]
    proxies: tuple[RegisteredProxy, ...]
    changes: tuple[ShownChange, ...]
    """The newest first."""


class FoundRegistrations(Wire, frozen=True, kw_only=True):
    """None when nobody has the number, and as well when one's own legal care givers have nothing to do with them."""

    registrations: tuple[Registration, ...]


class StandInShown(Wire, frozen=True, kw_only=True):
    """The rule by which somebody stands for another today."""

    basis: ProxyBasis
    person_from_y: int
    person_until_y: int
    proxy_from_y: int
    shares_address: bool


class Numberless(Wire, frozen=True, kw_only=True):
    """Somebody without a number."""

    person_id: str
    name: str
    born_on: str
    unit: str
    temporary: Temporary


class RegisterUnit(Wire, frozen=True, kw_only=True):
    """A unit somebody may be registered at."""

    unit_id: str
    unit: str


class Registrations(Wire, frozen=True, kw_only=True):
    """Answer to `register:list`."""

    units: tuple[RegisterUnit, ...]
    rules: tuple[StandInShown, ...]
    protections: tuple[Protection, ...]
    """Those of the deployment's country."""
    numberless: tuple[Numberless, ...]
    waiting: tuple[ShownChange, ...]
    """Changes that wait for a second person."""
