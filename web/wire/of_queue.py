"""What the queue writes in a contact besides where it waits and who holds it, as entries go over the wire."""

from carequeue.duty.entries import OnCallAlerted
from carequeue.handover.entries import (
    CaseAsked,
    CaseRefused,
    HandedOver,
    HandOverDeclined,
    HandOverOffered,
    HandOverUnanswered,
    HandOverWithdrawn,
)
from carequeue.late.entries import Escalated

OfQueue = HandOverOffered | HandedOver | OnCallAlerted
"""Seen by the patient too."""
OfQueueToStaff = HandOverDeclined | HandOverWithdrawn | HandOverUnanswered | CaseAsked | CaseRefused | Escalated
