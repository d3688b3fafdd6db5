"""What a contact's log says of forms, and what its state keeps of them: no answers, which lie in the entries."""

from typing import Literal

import msgspec

from care.forms.questionnaire import Answers, Questionnaire, Words
from care.forms.scoring import Scored
from core.log.body import Body
from core.log.state import Part


class FormAssigned(Body, tag="form_assigned", frozen=True, kw_only=True):
    """Staff send the patient a form: the very version that is to be answered, whole."""

    assignment_id: str
    form: Questionnaire


class FormSaved(Body, tag="form_saved", frozen=True, kw_only=True):
    """What the patient has answered so far. Staff see answers once they are sent; triage what it carries at once."""

    assignment_id: str
    answers: Answers
    carried: tuple[str, ...] = ()


class FormLine(msgspec.Struct, frozen=True, kw_only=True):
    """One question with its answer, as the patient had them before them."""

    link_id: str
    question: str
    answer: str


class FormSubmitted(Body, tag="form_submitted", frozen=True, kw_only=True):
    """The patient sends a form: once."""

    assignment_id: str
    title: Words
    version: str
    lang: str
    """The language of the questions as they were answered."""
    answers: Answers
    lines: tuple[FormLine, ...]
    scores: tuple[Scored, ...] = ()
    carried: tuple[str, ...] = ()
    written: str = ""
    """What was written in words of one's own."""


class FormWithdrawn(Body, tag="form_withdrawn", frozen=True, kw_only=True):
    """Staff take a form back that nobody has sent."""

    assignment_id: str


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """One form that was sent, and how far it is."""

    assignment_id: str
    assigned_no: int
    """Number of the entry with the form."""
    title: Words
    status: Literal["open", "submitted", "withdrawn"] = "open"


class Forms(Part, tag="forms", frozen=True, kw_only=True):
    """The forms of a contact."""

    assignments: tuple[Assignment, ...] = ()

    def one(self, assignment_id: str) -> Assignment | None:
        """The assignment of this id."""
        return next((one for one in self.assignments if one.assignment_id == assignment_id), None)

    def settled(self, assignment_id: str, status: Literal["submitted", "withdrawn"]) -> "Forms":
        """With this one over."""
        moved = tuple(
            msgspec.structs.replace(one, status=status) if one.assignment_id == assignment_id else one
            for one in self.assignments
        )
        return msgspec.structs.replace(self, assignments=moved)
