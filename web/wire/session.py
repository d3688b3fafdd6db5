"""Who is signed in, and what the deployment is."""

from typing import Literal

from chat.entries import Sex
from core.notices.entries import ChannelName
from core.rollout.functions import Function
from web.wire.base import Wire
from web.wire.person import RepresentedPerson

Language = Literal["sv", "nb", "en"]


class EmergencyNumbers(Wire, frozen=True, kw_only=True):
    """Numbers to call; they belong to the deployment's country, never to a language."""

    emergency: str
    """Ambulance: 112 in Sweden, 113 in Norway."""
    advice: str
    """Health advice by telephone: 1177 in Sweden, 116117 in Norway."""


class ScreenQuestion(Wire, frozen=True, kw_only=True):
    """One item of the emergency screen, worded in every language."""

    id: str
    wording: dict[str, str]


class Shell(Wire, frozen=True, kw_only=True):
    """What the page knows before any call, baked into its HTML so that it is there with no server."""

    country: Literal["se", "no"]
    numbers: EmergencyNumbers
    screen_adult: tuple[ScreenQuestion, ...]
    screen_child: tuple[ScreenQuestion, ...]
    demo: bool
    version: str
    notice_channels: tuple[ChannelName, ...]
    """How a patient may be told of news while the page is closed."""
    push_key: str
    """What the browser's `pushManager.subscribe` is given as `applicationServerKey`; empty without web push."""


class DemoPerson(Wire, frozen=True, kw_only=True):
    """Someone to sign in as in a demo."""

    id: str
    name: str
    kind: Literal["patient", "staff"]
    role: str
    unit: str


class SignIn(Wire, frozen=True, kw_only=True):
    """Demo sign-in as one of the demo people."""

    person: str


class AskOutboxKey(Wire, frozen=True, kw_only=True):
    """`POST /api/session/outbox-key`: the key for what this browser keeps until it is sent."""

    key_id: str = ""
    """The key the kept texts were sealed with; empty asks for a new one."""


class OutboxKey(Wire, frozen=True, kw_only=True):
    """A key for the browser's outbox: kept in memory only, given again to the same person after any sign-in."""

    key_id: str
    key: str
    """32 bytes as base64."""


class UnitRole(Wire, frozen=True, kw_only=True):
    """A role at a unit."""

    unit_id: str
    unit: str
    role: str
    follows_at_home: bool = False
    """Whether the unit follows patients at home."""


class Me(Wire, frozen=True, kw_only=True):
    """The person signed in."""

    id: str
    kind: Literal["patient", "staff", "guest"]
    name: str
    age_y: int | None = None
    sex: Sex | None = None
    roles: tuple[UnitRole, ...] = ()
    represents: tuple[RepresentedPerson, ...] = ()
    """Whom a patient may act for now."""
    lease_s: int = 0
    """Of staff: what one holds goes back when one has had no line for so long."""
    demo: bool


class OwnSession(Wire, frozen=True, kw_only=True):
    """One of one's own sessions."""

    session_id: str
    device: str
    """Browser and system in coarse words, such as `firefox/windows`; `other` for what is not known."""
    provider: str
    """How one signed in, by its name in the deployment's configuration; `demo` in a demo."""
    since: str
    seen: str
    this: bool
    """The session that asks."""


class FindSession(Wire, frozen=True, kw_only=True):
    """One of one's own sessions, by its id."""

    session_id: str


class UnitFunctions(Wire, frozen=True, kw_only=True):
    """What a unit offers the patient who asks; what it does not is not shown."""

    unit_id: str
    unit: str
    persons: tuple[str, ...]
    """Who of oneself and whom one represents is registered there."""
    functions: tuple[Function, ...]
    closed: dict[Function, dict[str, str]] = {}
    """The unit's own words where it does not offer something, by language."""
    booked: bool = False
    """Whether any of these persons has a time, or is offered one: shown also where none are booked any more."""
    followed: bool = False
    """Whether any of these persons is followed at home, by whatever unit."""
    services: Literal["none", "some", "waiting"] = "none"
    """Whether any of the persons was invited to services, here or at another unit, and any waits for an answer."""


class UnitChoice(Wire, frozen=True, kw_only=True):
    """A unit a patient may write to."""

    id: str
    name: str
