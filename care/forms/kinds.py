"""The kinds of entry of forms: how they fold, who sees them, what they tell triage."""

from typing import Any

import msgspec

from care.forms.entries import Assignment, FormAssigned, Forms, FormSaved, FormSubmitted, FormWithdrawn
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind, shown_whole
from core.transcript.line import Line, Sentence, Telling, silence, to_all
from triage.told import FormTold, Words

WITHDRAWN = Sentence("Tog tillbaka formuläret.", "Trakk skjemaet tilbake.", "Took the form back.")
NOTHING = Sentence("Inga svar.", "Ingen svar.", "No answers.")


def fold_assigned(part: Forms, body: FormAssigned, header: Header) -> Forms:
    """One more to answer."""
    one = Assignment(assignment_id=body.assignment_id, assigned_no=header.no, title=body.form.title)
    return msgspec.structs.replace(part, assignments=(*part.assignments, one))


def fold_saved(part: Forms, _: FormSaved, __: Header) -> Forms:
    """It is open as before."""
    return part


def fold_submitted(part: Forms, body: FormSubmitted, _: Header) -> Forms:
    """It is answered."""
    return part.settled(body.assignment_id, "submitted")


def fold_withdrawn(part: Forms, body: FormWithdrawn, _: Header) -> Forms:
    """It is not to be answered."""
    return part.settled(body.assignment_id, "withdrawn")


def without_answers(body: FormSaved) -> FormSaved:
    """That something was saved: staff read answers once they are sent, and count every entry without a gap."""
    return FormSaved(assignment_id=body.assignment_id, answers={})


def told_saved(body: FormSaved, _: Header) -> FormTold | None:
    """A sign of danger does not wait until the last question."""
    return FormTold(yes=body.carried, words=None) if body.carried else None


def told_submitted(body: FormSubmitted, header: Header) -> FormTold | None:
    """Signs, and what was written, which is read as every text of the patient is."""
    written = body.written
    words = Words(entry=header.no, text=written, lang=body.lang, asked=None) if written else None
    return FormTold(yes=body.carried, words=words) if body.carried or words else None


def say_submitted(body: FormSubmitted, telling: Telling) -> Line:
    """Every question with its answer, a line each."""
    lines = [f"{one.question} {one.answer}" for one in body.lines]
    return Line(text="\n".join(lines) or NOTHING(telling.lang), said=True, lang=body.lang)


def say_withdrawn(_: FormWithdrawn, telling: Telling) -> Line:
    """Who did is the entry's author."""
    return Line(text=WITHDRAWN(telling.lang))


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=FormAssigned, part=Forms, fold=fold_assigned, views=SHOWN_TO_ALL, reads=to_all(silence)),
    Kind(
        body=FormSaved,
        part=Forms,
        fold=fold_saved,
        views={"patient": shown_whole, "staff": without_answers},
        topics=("assess",),
        says=told_saved,
        reads=to_all(silence),
    ),
    Kind(
        body=FormSubmitted,
        part=Forms,
        fold=fold_submitted,
        views=SHOWN_TO_ALL,
        content=True,
        topics=("assess",),
        says=told_submitted,
        reads=to_all(say_submitted),
    ),
    Kind(body=FormWithdrawn, part=Forms, fold=fold_withdrawn, views=SHOWN_TO_ALL, reads=to_all(say_withdrawn)),
)
