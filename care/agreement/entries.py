"""What is written of an agreement between a unit and a patient. It holds no words of anybody."""

from core.log.body import Body
from core.rollout.functions import Function


class PatientInvited(Body, tag="patient_invited", frozen=True, kw_only=True):
    """The unit invites a patient to services; what they have accepted already stays so."""

    person_id: str
    unit_id: str
    functions: tuple[Function, ...]
    lang: str
    """In which language they were told."""
    code: str
    """A keyed digest of the code with which they may accept."""
    until_ms: int
    """Until when the code does."""


class ServicesAnswered(Body, tag="services_answered", frozen=True, kw_only=True):
    """The patient, or who stands for them, accepts some and declines others."""

    accepted: tuple[Function, ...] = ()
    declined: tuple[Function, ...] = ()


class ServicesEnded(Body, tag="services_ended", frozen=True, kw_only=True):
    """The patient or the unit has ended what was agreed, or the unit has taken back what it had invited to."""

    functions: tuple[Function, ...]
