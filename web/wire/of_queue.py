"""What the queue writes in a contact, as entries go over the wire."""

from carequeue.duty.entries import OnCallAlerted
from carequeue.entries import Claimed, Closed, HandedBack, LetterTurned, Queued, Reopened
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
from carequeue.routing.entries import NeedsSet

OfQueue = (
    Queued | Claimed | HandedBack | HandOverOffered | HandedOver | OnCallAlerted | LetterTurned | Closed | Reopened
)
"""Seen by the patient too."""
OfQueueToStaff = (
    HandOverDeclined | HandOverWithdrawn | HandOverUnanswered | CaseAsked | CaseRefused | Escalated | NeedsSet
)
