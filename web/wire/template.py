"""Reply templates: those one may use in a contact, and keeping them."""

from chat.template import Template, TemplateLanguage
from web.wire.base import Wire


class ListTemplates(Wire, frozen=True, kw_only=True):
    """`template:list`: one's own templates and those of the contact's unit, with what fills their places."""

    contact_id: str


class Fills(Wire, frozen=True, kw_only=True):
    """What stands where a template says `{name}` and so on; empty when it is not known."""

    name: str
    unit: str
    clinician: str
    phone: str
    emergency: str
    advice: str


class TemplateList(Wire, frozen=True, kw_only=True):
    """Answer to `template:list`: by title, in every language."""

    unit_id: str
    unit: str
    may_share: bool
    """True when one may write the unit's own."""
    templates: tuple[Template, ...]
    fills: Fills


class SaveTemplate(Wire, frozen=True, kw_only=True):
    """`template:save`: a new template, or a new version of one. A shared one waits for an administrator's approval.

    Someone who has saved the same version meanwhile gets the caller refused with `behind`.
    """

    client_id: str
    template_id: str
    """Of the caller's making for a new one."""
    version: int
    """The version that was changed; 0 for a new template."""
    shared_with: str = ""
    """Id of the unit it is shared in; empty for one's own."""
    lang: TemplateLanguage
    abbreviation: str
    title: str
    text: str
    review_on: str = ""
    removed: bool = False
    """True takes it away; its versions are kept."""


class SavedTemplate(Wire, frozen=True, kw_only=True):
    """Answer to `template:save`."""

    template: Template
    waits: bool = False
    """True while another person has to approve what is shared; until then what was in force is used."""
