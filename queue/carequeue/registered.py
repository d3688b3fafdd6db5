"""Every kind of entry that the queue owns, as a service registers them at its start."""

from typing import Any

import carequeue.duty.kinds
import carequeue.handover.kinds
import carequeue.kinds
import carequeue.late.kinds
import carequeue.steering.kinds
from core.log.kinds import Kind

KINDS: tuple[Kind[Any, Any], ...] = (
    *carequeue.kinds.KINDS,
    *carequeue.handover.kinds.KINDS,
    *carequeue.duty.kinds.KINDS,
    *carequeue.late.kinds.KINDS,
    *carequeue.steering.kinds.KINDS,
)
