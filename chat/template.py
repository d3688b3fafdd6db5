"""Reply templates: texts a member of staff has ready, their own or shared by a unit, with places to be filled in.

A template is never changed: every edit is a new version that names who answers for it, and removing one is a version
too. What was sent is a message like any other; the log does not know that it came from here.
"""

import re
from datetime import date
from typing import Literal

import msgspec

from core.errors import FyrError

TemplateLanguage = Literal["sv", "nb", "en"]
PLACES = ("name", "unit", "clinician", "phone", "emergency", "advice")
"""What may stand in braces: who wrote, the unit, who answers, the unit's telephone, the country's two numbers."""
PLACE = re.compile(r"\{([^{}]*)\}")
ABBREVIATION = re.compile(r"[a-zåäöæø0-9][a-zåäöæø0-9-]{0,19}")
TITLE_LIMIT = 80
TEMPLATE_LIMIT = 4_000


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a template. With a `unit_id` it is shared there, else its owner's own."""

    template_id: str
    version: int
    """1 for the first; each edit adds one."""
    unit_id: str = ""
    owner_id: str
    """Staff id of who wrote this version and answers for it; empty for what came with the service."""
    owner_name: str
    lang: TemplateLanguage
    abbreviation: str
    """What is written after a slash to get the text: lower case, without the slash."""
    title: str
    text: str
    review_on: str = ""
    """The day by which someone must have read it again (ISO 8601); a shared one always has one."""
    removed: bool = False


def check_template(template: Template) -> None:
    """Refuse what could not be used or kept in order. Raises `empty`, `too_long`, `bad_request`."""
    for field, limit in (("title", TITLE_LIMIT), ("text", TEMPLATE_LIMIT)):
        value = getattr(template, field)
        if not value.strip():
            raise FyrError("empty", field=field)
        if len(value) > limit:
            raise FyrError("too_long", field=field, limit=limit)
    if not ABBREVIATION.fullmatch(template.abbreviation):
        raise FyrError("bad_request", where="$.abbreviation", what="1 to 20 small letters, digits or hyphens")
    if set(PLACE.findall(template.text)) - set(PLACES):
        raise FyrError("bad_request", where="$.text", what="only these may stand in braces: " + ", ".join(PLACES))
    _check_review(template)


def _check_review(template: Template) -> None:
    if not template.review_on and not template.unit_id:
        return
    try:
        date.fromisoformat(template.review_on)
    except ValueError:
        raise FyrError("bad_request", where="$.review_on", what="a day, as 2027-01-31") from None
