"""The packets of one track that were sent last, by their sequence number: what is asked for again is taken from here.

Bounded: the newest `size` numbers. What stands at a number's place of an earlier round is not what was
asked for.
"""


class Ring:
    """The newest packets; `size` is a power of two."""

    __slots__ = ("_mask", "_numbers", "_packets")

    def __init__(self, size: int) -> None:
        assert size & (size - 1) == 0
        self._mask = size - 1
        self._numbers: list[int] = [-1] * size
        self._packets: list[bytes] = [b""] * size

    def put(self, number: int, packet: bytes) -> None:
        """Keep a packet in place of the one that stood there."""
        at = number & self._mask
        self._numbers[at] = number
        self._packets[at] = packet

    def get(self, number: int) -> bytes | None:
        """The packet of this number, when it is still here."""
        at = number & self._mask
        return self._packets[at] if self._numbers[at] == number else None

    def clear(self) -> None:
        """Nothing of it is asked for any more."""
        self._numbers = [-1] * len(self._numbers)
        self._packets = [b""] * len(self._packets)
