"""The templates a unit may begin with: read from `starter_templates.yaml`, which comes with the service."""

from collections.abc import Iterable
from datetime import date
from importlib.resources import files

import msgspec

from chat.template import Template, TemplateLanguage, check_template
from core.content_file import parse_content


class Starter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text before it belongs to a unit."""

    lang: TemplateLanguage
    abbreviation: str
    title: str
    text: str


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    review_on: date
    templates: tuple[Starter, ...]


def starter_templates(unit_ids: Iterable[str]) -> list[Template]:
    """The first version of every starter, for each of the units. Raises as `check_template` for a file out of order."""
    read = parse_content((files("chat") / "starter_templates.yaml").read_bytes(), _File, "starter_templates.yaml")
    review_on = read.review_on.isoformat()
    found = [_of_unit(starter, unit_id, review_on=review_on) for unit_id in unit_ids for starter in read.templates]
    for template in found:
        check_template(template)
    return found


def _of_unit(starter: Starter, unit_id: str, *, review_on: str) -> Template:
    return Template(
        template_id=f"start:{unit_id}:{starter.lang}:{starter.abbreviation}",
        version=1,
        unit_id=unit_id,
        owner_id="",
        owner_name="Fyr",
        lang=starter.lang,
        abbreviation=starter.abbreviation,
        title=starter.title,
        text=starter.text,
        review_on=review_on,
    )
