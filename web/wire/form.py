"""Forms: sent by staff, saved as they are filled in, and submitted once."""

from typing import Literal

from care.forms.entries import FormAssigned, FormSaved, FormSubmitted, FormWithdrawn
from care.forms.questionnaire import Value
from chat.form.kinds import FormNews
from web.wire.base import Wire
from web.wire.session import Language

OfForms = FormAssigned | FormSubmitted | FormWithdrawn | FormNews
"""Their entries, as both sides see them."""
OfFormsToPatient = FormSaved
"""What is saved and not sent is the patient's alone."""


class ListForms(Wire, frozen=True, kw_only=True):
    """`form:list`: which forms there are to send."""


class FormRow(Wire, frozen=True, kw_only=True):
    """One form."""

    form_id: str
    version: str
    title: dict[str, str]
    description: dict[str, str]
    origin: str
    review: Literal["unconfirmed", "confirmed"]
    questions: int


class FormList(Wire, frozen=True, kw_only=True):
    """Answer to `form:list`."""

    forms: tuple[FormRow, ...]


class AssignForm(Wire, frozen=True, kw_only=True):
    """`form:assign`: send the patient a form."""

    contact_id: str
    client_id: str
    claim_no: int
    form_id: str


class SaveForm(Wire, frozen=True, kw_only=True):
    """`form:save`: keep what has been answered so far; all of it, not what is new."""

    contact_id: str
    client_id: str
    assignment_id: str
    answers: dict[str, tuple[Value, ...]]
    """By the question's link id."""


class SubmitForm(Wire, frozen=True, kw_only=True):
    """`form:submit`: send the answers."""

    contact_id: str
    client_id: str
    assignment_id: str
    answers: dict[str, tuple[Value, ...]]
    """By the question's link id."""
    lang: Language
    """The language the questions were read in."""


class WithdrawForm(Wire, frozen=True, kw_only=True):
    """`form:withdraw`: take a form back that the patient has not sent."""

    contact_id: str
    client_id: str
    claim_no: int
    assignment_id: str
