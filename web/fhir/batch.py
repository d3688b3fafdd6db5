"""A batch Bundle (FHIR R4, http://hl7.org/fhir/R4B/http.html#transaction): each entry stands or falls alone.

The answer has an entry for each that came, in its place and with its `fullUrl`, so that one bad reading loses no other
and who sent them knows which it was.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from web.fhir.measured import Measured, Refused, measured, place_of

Resource = dict[str, Any]
MOST_ENTRIES = 1_000
STATUS = {"structure": "400 Bad Request", "too-long": "400 Bad Request"}
"""Of what is refused; anything else is understood and cannot be taken."""


class Request(msgspec.Struct, frozen=True):
    """What is to be done with an entry's resource."""

    method: str = ""
    url: str = ""


class Entry(msgspec.Struct, frozen=True):
    """One entry; its resource is read by itself."""

    fullUrl: str = ""  # noqa: N815
    resource: msgspec.Raw = msgspec.Raw(b"null")
    request: Request = Request()


class Bundle(msgspec.Struct, frozen=True):
    """The batch; an entry that is none of ours is still an entry."""

    resourceType: str = ""  # noqa: N815
    type: str = ""
    entry: tuple[msgspec.Raw, ...] = ()


def entries(raw: bytes) -> tuple[tuple[str, Measured | Refused], ...]:
    """What each entry tells, with its `fullUrl`. Raises `Refused` for what is no batch at all."""
    try:
        bundle = msgspec.json.decode(raw, type=Bundle)
    except msgspec.DecodeError as failure:
        raise Refused("structure", place_of(failure), "cannot be read as a Bundle") from None
    if bundle.resourceType != "Bundle" or bundle.type != "batch":
        raise Refused("not-supported", "type", "only a batch is taken: of a transaction nothing could be kept alone")
    if len(bundle.entry) > MOST_ENTRIES:
        raise Refused("too-long", "entry", f"at most {MOST_ENTRIES} entries")
    return tuple(_entry(one) for one in bundle.entry)


def _entry(raw: msgspec.Raw) -> tuple[str, Measured | Refused]:
    full_url = ""
    try:
        entry = msgspec.json.decode(raw, type=Entry)
        full_url = entry.fullUrl
        if entry.request.method != "POST" or entry.request.url.strip("/") != "Observation":
            raise Refused("not-supported", "request", "only POST Observation is taken")
        return full_url, measured(entry.resource)
    except Refused as refused:
        return full_url, refused
    except msgspec.DecodeError as failure:
        return full_url, Refused("structure", place_of(failure), "cannot be read as an entry")


def batch_response(told: Sequence[tuple[str, Measured | Refused]], *, known: Callable[[Measured], bool]) -> Resource:
    """The answer. `known`: whether every reading of it was there before, so that sending again is told as no change."""
    return {
        "resourceType": "Bundle",
        "type": "batch-response",
        "entry": [_answered(full_url, one, known=known) for full_url, one in told],
    }


def _answered(full_url: str, one: Measured | Refused, *, known: Callable[[Measured], bool]) -> Resource:
    if isinstance(one, Refused):
        response = {"status": STATUS.get(one.code, "422 Unprocessable Entity"), "outcome": operation_outcome(one)}
    else:
        response = {"status": "200 OK" if known(one) else "201 Created"}
    return {**({"fullUrl": full_url} if full_url else {}), "response": response}


def operation_outcome(refused: Refused) -> Resource:
    """Why, and where in the resource; no value of it is repeated."""
    issue: Resource = {"severity": "error", "code": refused.code, "diagnostics": refused.what}
    if refused.where:
        issue["expression"] = [refused.where]
    return {"resourceType": "OperationOutcome", "issue": [issue]}
