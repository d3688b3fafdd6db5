"""A port that stays a test's own, for servers that are told theirs before they start or come back at the same one.

A port that was only looked up is given to the next who asks for any. One that is bound here, and not listened on, is
given to nobody, and a server that allows its address to be used again (all of ours do) listens on it all the same.
"""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

HERE = "127.0.0.1"


@contextmanager
def held_port(number: int = 0) -> Iterator[int]:
    """Ours until it is left: any, or one that is held already, for whoever comes back to it."""
    with _held(socket.SOCK_STREAM, number) as holder:
        yield int(holder.getsockname()[1])


@contextmanager
def held_by_both() -> Iterator[int]:
    """One of TCP and UDP alike. Leave it as soon as the server listens: it would share the datagrams."""
    with ExitStack() as stack:
        while True:
            number = stack.enter_context(held_port())
            try:
                stack.enter_context(_held(socket.SOCK_DGRAM, number))
            except OSError:  # somebody's datagrams come there: keep it from us, too, and take another
                continue
            yield number
            return


def _held(kind: socket.SocketKind, number: int) -> socket.socket:
    holder = socket.socket(socket.AF_INET, kind)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        holder.bind((HERE, number))
    except OSError:
        holder.close()
        raise
    return holder
