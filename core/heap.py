"""Memory that was freed and that the C library keeps: given back to the machine when asked (glibc alone keeps so much).

Libraries in C (TLS, SRTP, pictures) take and free many pieces of all sizes; one that lives long above them keeps all of
it resident. It is no leak, and looks like one.
"""

import ctypes
from collections.abc import Callable

_TRIM: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)


def give_back() -> None:
    """Some milliseconds of processor for some ten MiB. Nothing where the C library has no such call."""
    if _TRIM is not None:
        _TRIM(0)
