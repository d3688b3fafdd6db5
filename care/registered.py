"""Every kind of entry that the services of care own, as a service registers them at its start."""

from typing import Any

import care.agreement.state
import care.benefits.baseline
import care.booking.kinds
import care.forms.kinds
import care.messages.kinds
from core.log.kinds import Kind

KINDS: tuple[Kind[Any, Any], ...] = (
    *care.forms.kinds.KINDS,
    *care.messages.kinds.KINDS,
    *care.booking.kinds.KINDS,
    *care.benefits.baseline.KINDS,
    *care.agreement.state.KINDS,
)
