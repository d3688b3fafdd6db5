"""When a subject that failed is locked, and for how long: a pure function of what was counted.

The first wrong tries are free: people mistype. Each one after that locks for twice as long as the one before, up to a
limit (NIST SP 800-63B, section 5.2.2: limit consecutive failed attempts). After a quiet while everything is forgotten.
"""

from typing import NamedTuple

MINUTE_MS = 60_000
MOST_DOUBLINGS = 40


class Rule(NamedTuple):
    """A measure. `forget_ms` counts from the last failure, or from the end of the lock when that is later."""

    free: int
    first_ms: int
    longest_ms: int
    forget_ms: int


class Count(NamedTuple):
    """What is known of a subject: failures, and until when it is locked (ms since 1970; 0: never was)."""

    failures: int
    failed_ms: int
    until_ms: int


CODES = Rule(free=4, first_ms=MINUTE_MS, longest_ms=60 * MINUTE_MS, forget_ms=24 * 60 * MINUTE_MS)
"""One-time codes and other short secrets: ten thousand tries would take more than a year."""
ADDRESSES = Rule(free=60, first_ms=1_000, longest_ms=5 * MINUTE_MS, forget_ms=15 * MINUTE_MS)
"""Everyone behind one address: a hospital's own people mistype as well, and must not stand locked out for long."""
LOOKUPS = Rule(free=30, first_ms=15_000, longest_ms=10 * MINUTE_MS, forget_ms=60 * MINUTE_MS)
"""Looking up people who are not there: whoever tries numbers is slowed, new patients stop nobody."""
NOBODY = Count(0, 0, 0)


def wait_ms(count: Count, now_ms: int) -> int:
    """How long the subject is locked from now on; 0 when it is open."""
    return max(0, count.until_ms - now_ms)


def after_failure(count: Count, now_ms: int, rule: Rule) -> Count:
    """The count with one more failure."""
    failures = (0 if is_forgotten(count, now_ms, rule) else count.failures) + 1
    return Count(failures, now_ms, max(count.until_ms, now_ms + _lock_ms(failures, rule)))


def is_forgotten(count: Count, now_ms: int, rule: Rule) -> bool:
    """True when nothing of it counts any more."""
    return now_ms >= max(count.failed_ms, count.until_ms) + rule.forget_ms


def _lock_ms(failures: int, rule: Rule) -> int:
    over = failures - rule.free
    if over <= 0:
        return 0
    return int(min(rule.longest_ms, rule.first_ms * 2 ** min(over - 1, MOST_DOUBLINGS)))
