"""What is written about a patient who waits, is silent, or is called back."""

from typing import Literal

from core.log.body import Body

StepName = Literal["still_waiting", "told", "reminded", "listed", "safety_net", "closed"]
Reminder = Literal["still_waiting", "told", "reminded", "safety_net"]
ListedWhy = Literal["silent", "unanswered", "question", "unconfirmed"]
Outcome = Literal["reached", "no_answer", "left_message", "wrong_number"]


class Reminded(Body, tag="reminded", frozen=True, kw_only=True):
    """A step that was taken by itself towards a patient who waits or is silent. A notice follows it."""

    step: Reminder
    since_ms: int
    """Since when the patient waited or was silent: a later sign of life begins anew."""
    after_min: int
    """How long that had lasted, whole minutes: the reason for the step."""
    text: str = ""
    """What was written to the patient, in the contact's language."""


class CallListed(Body, tag="call_listed", frozen=True, kw_only=True):
    """The contact is on the call-back list, by itself, with why."""

    why: ListedWhy
    since_ms: int
    after_min: int
    calls: int
    """How many calls are to be made before nobody can be reached."""
    every_min: int
    """How far apart."""


class CallTried(Body, tag="call_tried", frozen=True, kw_only=True):
    """A named person called the patient by telephone."""

    outcome: Outcome
    note: str = ""
    """Between colleagues."""


class CallEnded(Body, tag="call_ended", frozen=True, kw_only=True):
    """A named person takes the contact off the call-back list, with a reason."""

    reason: str
