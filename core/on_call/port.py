"""The port to whoever is on call at each unit, from `FYR_ON_CALL`. It is told of a unit and a level, and of nobody."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

import msgspec
import structlog

from core.errors import FyrError
from core.outbound import Outbound
from core.settings import Country, Settings

REFUSED = 400
PHONE = re.compile(r"\+[0-9]{6,15}")
"""E.164: the gateway may be anywhere."""
TEXTS: dict[Country, str] = {
    "se": "Fyr: någon väntar på snabb hjälp på {unit}, och ingen är i tjänst.",
    "no": "Fyr: noen venter på rask hjelp ved {unit}, og ingen er på vakt.",
}
log = structlog.get_logger(__name__)


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """What is told: enough to open Fyr, and nothing of whom it concerns."""

    unit_id: str
    unit: str
    urgency: str
    contact_id: str


class Way(Protocol):
    """A way to who is on call."""

    async def alert(self, alert: Alert) -> None:
        """Hand it over. Raises `unreachable` when that failed."""
        ...


class OnCallReach(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one unit's on-call is reached: by one of these, or both."""

    webhook: str = ""
    sms: str = ""
    outside_hours: Literal["close", "take"] = "close"
    """Whether patients may write there while it is closed and nobody is on duty."""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    units: dict[str, OnCallReach]


class Webhook:
    """Posts the alert as JSON to an address of the unit's."""

    def __init__(self, outbound: Outbound, url: str) -> None:
        self._outbound = outbound
        self._url = url

    async def alert(self, alert: Alert) -> None:
        """Hand it over. Raises `unreachable`."""
        await _post(self._outbound, self._url, body=msgspec.json.encode(alert), token="")


class OnCallSms:
    """An SMS over the deployment's gateway."""

    def __init__(self, outbound: Outbound, number: str, settings: Settings) -> None:
        self._outbound = outbound
        self._number = number
        self._settings = settings

    async def alert(self, alert: Alert) -> None:
        """Hand it over. Raises `unreachable`."""
        settings = self._settings
        text = TEXTS[settings.country].format(unit=alert.unit)
        body = msgspec.json.encode({"to": self._number, "from": settings.sms_from, "text": text})
        await _post(self._outbound, settings.sms_url, body=body, token=settings.sms_token)


class OnCall:
    """The ways of every unit. A unit without one is only logged, which is said wherever it matters."""

    def __init__(self, reaches: dict[str, OnCallReach], ways_of: Callable[[OnCallReach], list[Way]]) -> None:
        """`reaches`: as the deployment's file has them; `ways_of` makes the ways of one."""
        self._of_files = reaches
        self._ways_of = ways_of
        self._reaches: dict[str, OnCallReach] = {}
        self._ways: dict[str, list[Way]] = {}
        for unit_id in reaches:
            self.take(unit_id, None)

    @property
    def taking(self) -> frozenset[str]:
        """Units that take text outside their hours."""
        return frozenset(unit_id for unit_id, reach in self._reaches.items() if reach.outside_hours == "take")

    def take(self, unit_id: str, reach: OnCallReach | None) -> None:
        """A unit's on-call is reached so from now on; None: as the file says."""
        now = reach or self.of_files(unit_id)
        self._reaches[unit_id], self._ways[unit_id] = now, self._ways_of(now)

    def of_files(self, unit_id: str) -> OnCallReach:
        """As the file says, whatever the unit has decided since."""
        return self._of_files.get(unit_id, OnCallReach())

    def reaches(self, unit_id: str) -> bool:
        """Whether anybody outside is told."""
        return bool(self._ways.get(unit_id))

    async def alert(self, alert: Alert) -> None:
        """Tell by every way; one that fails keeps no other from being tried. Raises `unreachable` when all failed."""
        failed = 0
        for way in self._ways.get(alert.unit_id, []):
            try:
                await way.alert(alert)
            except FyrError:
                failed += 1
        log.warning("on_call_alerted", unit=alert.unit_id, contact=alert.contact_id, failed=failed)
        if failed and failed == len(self._ways[alert.unit_id]):
            raise FyrError("unreachable", what="on call")


def make_on_call(settings: Settings, outbound: Outbound) -> OnCall:
    """The ways that are set. Raises `settings_invalid` with every problem found."""
    written = _read(settings.on_call) if settings.on_call is not None else _File(units={})
    problems = [problem for unit, reach in written.units.items() for problem in _problems(unit, reach, settings)]
    if problems:
        raise FyrError("settings_invalid", problems=problems)

    def ways_of(reach: OnCallReach) -> list[Way]:
        ways: list[Way] = [Webhook(outbound, reach.webhook)] if reach.webhook else []
        return [*ways, OnCallSms(outbound, reach.sms, settings)] if reach.sms else ways

    return OnCall(written.units, ways_of)


async def _post(outbound: Outbound, url: str, *, body: bytes, token: str) -> None:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    if (await outbound.post(url, body, headers)).status >= REFUSED:
        raise FyrError("unreachable", what="on call")


def _read(path: Path) -> _File:
    try:
        return msgspec.yaml.decode(path.read_text("utf-8"), type=_File)
    except (OSError, msgspec.MsgspecError) as failure:
        raise FyrError("settings_invalid", problems=[f"FYR_ON_CALL: {failure}"]) from None


def _problems(unit: str, reach: OnCallReach, settings: Settings) -> list[str]:
    found = []
    if reach.outside_hours == "take" and not (reach.webhook or reach.sms):
        found.append("takes text outside its hours, and nobody on call can be reached")
    if reach.webhook and not reach.webhook.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        found.append("webhook is not https")
    if reach.sms and not PHONE.fullmatch(reach.sms):
        found.append("sms is not a number such as +46701740605")
    if reach.sms and not settings.sms_url:
        found.append("sms needs FYR_SMS_URL")
    return [f"FYR_ON_CALL: {unit}: {problem}" for problem in found]
