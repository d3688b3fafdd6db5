"""What staff follow, from `content/`, checked whole at start: endings, the emergency call, failed calls."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Literal, get_args

import msgspec

from carequeue.entries import CloseReason
from core.content_file import parse_content
from core.errors import FyrError
from triage.entries import Level

Country = Literal["se", "no"]
Review = Literal["proposed", "reviewed", "approved"]
REASONS: tuple[CloseReason, ...] = get_args(CloseReason)
LEVELS: tuple[Level, ...] = get_args(Level)


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One text in every language."""

    sv: str
    nb: str
    en: str


class ClosingRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must hold before a contact ends for a reason."""

    safety_net: Literal["needed", "free"]
    """Needed: the patient has confirmed what to do if it gets worse, or has said that they understood."""
    after_calls: bool = False
    """Every call of the failed-contact routine has been made."""
    by_confirming: bool = True
    """The patient's confirming of the advice may end it; False: a person does, who has seen to what is left to do."""
    source: str
    review: Review


class CallStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of the emergency call."""

    id: str
    do: Wording
    """What the nurse does."""
    say: Wording | None = None
    """What is put to the patient."""
    source: str
    review: Review


class FailedContact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What comes when every call was made and nobody answered."""

    do: Wording
    source: str
    review: Review


class _Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`guidance_….yaml` as it is written."""

    version: int
    closing: dict[CloseReason, ClosingRule]
    emergency_call: tuple[CallStep, ...]
    failed_contact: dict[Level, FailedContact]


class Guidance:
    """The guidance in force, its numbers filled in."""

    def __init__(self, content: _Content, *, emergency: str, advice: str) -> None:
        """Raises `content_invalid` with every problem found."""
        problems = [f"guidance: {problem}" for problem in _problems(content)]
        if problems:
            raise FyrError("content_invalid", problems=problems)
        numbers = {"emergency": emergency, "advice": advice}
        self.closing = content.closing
        self.emergency_call = tuple(_step_filled(one, numbers) for one in content.emergency_call)
        self.failed_contact: dict[Level, FailedContact] = {
            level: msgspec.structs.replace(one, do=_filled(one.do, numbers))
            for level, one in content.failed_contact.items()
        }


def load_guidance(country: Country, own: Path | None = None, *, emergency: str, advice: str) -> Guidance:
    """A deployment's own, else what this version ships with for a country. Raises `content_invalid`."""
    shipped = resources.files("chat.guidance").joinpath("content", f"guidance_{country}.yaml")
    return parse_guidance((own or shipped).read_text("utf-8"), emergency=emergency, advice=advice)


def parse_guidance(text: str, *, emergency: str, advice: str) -> Guidance:
    """Guidance from YAML. Raises `content_invalid` with every problem found."""
    return Guidance(parse_content(text, _Content, "guidance"), emergency=emergency, advice=advice)


def _step_filled(step: CallStep, numbers: dict[str, str]) -> CallStep:
    said = _filled(step.say, numbers) if step.say else None
    return msgspec.structs.replace(step, do=_filled(step.do, numbers), say=said)


def _filled(wording: Wording, numbers: dict[str, str]) -> Wording:
    return Wording(**{lang: text.format(**numbers) for lang, text in msgspec.structs.asdict(wording).items()})


def _problems(content: _Content) -> Iterator[str]:
    yield from (f"closing {reason} is missing" for reason in REASONS if reason not in content.closing)
    yield from (f"failed_contact {level} is missing" for level in LEVELS if level not in content.failed_contact)
    ids = [step.id for step in content.emergency_call]
    if not ids or len(ids) != len(set(ids)):
        yield "emergency_call has no steps, or two of one name"
    yield from (f"closing {reason}: no source" for reason, rule in content.closing.items() if not rule.source.strip())
    yield from (
        f"closing {reason}: whom nobody has reached confirms nothing"
        for reason, rule in content.closing.items()
        if rule.after_calls and rule.by_confirming
    )
    for step in content.emergency_call:
        yield from _faults(f"emergency_call {step.id}", step.source, (step.do, step.say))
    for level, one in content.failed_contact.items():
        yield from _faults(f"failed_contact {level}", one.source, (one.do,))


def _faults(where: str, source: str, wordings: tuple[Wording | None, ...]) -> Iterator[str]:
    if not source.strip():
        yield f"{where}: no source"
    for text in (text for one in wordings if one for text in msgspec.structs.astuple(one)):
        if not text.strip():
            yield f"{where}: a language is missing"
        try:
            text.format(emergency="", advice="")
        except (KeyError, IndexError, ValueError):
            yield f"{where}: a field other than emergency, advice"
