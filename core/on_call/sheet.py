"""How a unit's on-call is reached, as its administrators decide it while the service runs.

A webhook may only name a machine that the deployment has listed (`FYR_ON_CALL_HOSTS`): any other could be one inside.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from core.on_call.port import PHONE, OnCall, OnCallReach
from core.settings import Settings
from core.sheets.sheet import Around, Fault, Sheet


def on_call_sheet(on_call: OnCall, settings: Settings) -> Sheet[OnCallReach]:
    """The sheet; the standard is what `FYR_ON_CALL` says of the unit."""

    def faults(reach: OnCallReach, around: Around) -> Iterator[Fault]:
        kept = on_call.of_files(around.subject_id)
        if reach.webhook and reach.webhook != kept.webhook and not _is_listed(reach.webhook, settings.on_call_hosts):
            yield Fault(code="host_not_listed", where="webhook")
        if reach.sms and not PHONE.fullmatch(reach.sms):
            yield Fault(code="not_a_mobile", where="sms")
        if reach.sms and not settings.sms_url:
            yield Fault(code="no_sms_here", where="sms")
        if reach.outside_hours == "take" and not (reach.webhook or reach.sms):
            yield Fault(code="takes_and_reaches_nobody", where="outside_hours")

    return Sheet(
        name="on_call",
        subject="unit",
        value=OnCallReach,
        lowerings={
            "on_call_changed": "somebody else, or nobody, is told of who is very urgent while nobody is on duty",
            "on_call_given": "somebody is relied on to be told of who is very urgent while nobody is on duty",
            "takes_when_closed": "patients may write while it is closed and nobody is on duty",
            "takes_no_more_when_closed": "patients may write no more while it is closed",
        },
        lowers=_lowers,
        faults=faults,
        standard=on_call.of_files,
        take=on_call.take,
    )


def _lowers(before: OnCallReach | None, after: OnCallReach, _: Around) -> Iterator[str]:
    assert before is not None
    if any(was and was != now for was, now in ((before.webhook, after.webhook), (before.sms, after.sms))):
        yield "on_call_changed"
    if not (before.webhook or before.sms) and (after.webhook or after.sms):
        yield "on_call_given"
    if before.outside_hours != after.outside_hours:
        yield "takes_when_closed" if after.outside_hours == "take" else "takes_no_more_when_closed"


def _is_listed(webhook: str, hosts: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(webhook)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = parts.scheme == "https" and port in (None, 443) and not parts.username
    return plain and any(host == one or host.endswith(f".{one}") for one in hosts)
