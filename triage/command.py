"""The engine on the command line: JSON lines in, JSON lines out, one case a line."""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from core.errors import FyrError
from core.misread import refusal
from triage.assess import assess
from triage.assessment import Assessment, Finding
from triage.case import CaseLine
from triage.content import Content


class Sink(Protocol):
    """Where text is written."""

    def write(self, text: str, /) -> object:
        """Take the text."""


class Line(CaseLine, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One case of the input; a misspelt field is told and not passed over."""

    text: str


class _Named(msgspec.Struct):
    id: str | int | None = None


def assess_lines(source: Iterable[str | bytes], sink: Sink, content: Content) -> int:
    """Assess each line and write one line for it; a bad line gives an error line and the rest goes on.

    Returns 0, or 1 when any line was bad.
    """
    bad = 0
    for line in source:
        if not line.strip():
            continue
        try:
            told = _told(line)
        except FyrError as error:
            bad = 1
            sink.write(_encoded({**_id_of(line), "error": {"code": error.code, **error.data}}))
        else:
            sink.write(_encoded(answer(told, assess(told.case(), content), content)))
    return bad


def answer(told: Line, result: Assessment, content: Content) -> dict[str, object]:
    """The line of output for one case. An unassessed case is never below urgent."""
    return {
        "id": told.id,
        "lang": result.lang,
        "urgency": result.urgency,
        "rules": [{"id": rule.id, "reason": _reason(rule.id, result.lang, content)} for rule in result.rules],
        "findings": [_finding(finding) for finding in result.findings],
        "status": result.status,
        "unread": [[start, end] for _, start, end in result.unread],
        "could_be": result.could_be,
        "ask": list(result.ask),
        "content_version": result.content_version,
        "safe_path": result.safe_path,
        "warnings": list(result.warnings),
    }


def _told(line: str | bytes) -> Line:
    try:
        return msgspec.json.decode(line, type=Line)
    except msgspec.ValidationError as failure:
        raise refusal(str(failure)) from None
    except (msgspec.DecodeError, UnicodeError):
        raise FyrError("bad_request", where="$", what="not JSON in UTF-8") from None


def _id_of(line: str | bytes) -> dict[str, object]:
    """The id of a bad line, as far as it has one."""
    try:
        named = msgspec.json.decode(line, type=_Named)
    except (msgspec.DecodeError, UnicodeError):
        return {}
    return {} if named.id is None else {"id": named.id}


def _reason(rule_id: str, lang: str, content: Content) -> str:
    rule = content.rule(rule_id)
    return rule.reason.get(lang) if rule else ""


def _finding(finding: Finding) -> dict[str, object]:
    told = {
        name: getattr(finding, name)
        for name in ("concept", "start", "end", "text", "negated", "uncertain", "subject", "temporality")
    }
    known = {name: value for name in ("severity", "duration_h") if (value := getattr(finding, name)) is not None}
    return {**told, **known, "hypothetical": finding.hypothetical}


def _encoded(row: dict[str, object]) -> str:
    return msgspec.json.encode(row).decode() + "\n"
