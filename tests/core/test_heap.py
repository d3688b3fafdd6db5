"""What was freed below something that lives on goes back to the machine when it is asked for, and not before."""

import ctypes

import psutil

from core.heap import give_back

PIECE, PIECES = 16 << 10, 4_000
"""Below what the C library takes from the machine by itself."""


def test_what_was_freed_is_given_back() -> None:
    library = ctypes.CDLL(None)
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    held = [library.malloc(PIECE) for _ in range(PIECES)]
    for one in held:
        ctypes.memset(one, 1, PIECE)
    for one in held[:-1]:
        library.free(one)
    process = psutil.Process()
    before = process.memory_info().rss
    give_back()
    assert before - process.memory_info().rss > PIECE * PIECES // 2
    library.free(held[-1])
