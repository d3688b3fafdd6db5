"""What a receiver says their line carries (REMB, draft-alvestrand-rmcat-remb), and of which tracks they say it.

A browser tells one sum for all that it receives; others tell one for each track. Sums of different tracks are added,
and a newer one takes the place of every older one about the same track.
"""

from collections.abc import Iterable, Mapping

from rtc.relay.downlink import Downlink
from rtc.relay.uplink import Uplink


class Estimate:
    """Of one receiver. `downlinks`: their tracks now, by SSRC, of the packets and of their repetitions."""

    __slots__ = ("_downlinks", "_told")

    def __init__(self, downlinks: Mapping[int, tuple[Uplink, Downlink]]) -> None:
        self._downlinks = downlinks
        self._told: dict[frozenset[int], int] = {}

    def tell(self, rate: int, ssrcs: Iterable[int]) -> None:
        """They said `rate` bits a second of the tracks of these SSRCs.

        Of tracks they do not have it says nothing, and of sound alone nothing that matters: sound is not given up.
        """
        about = frozenset(one for one in ssrcs if one in self._downlinks)
        self._told = {of: said for of, said in self._told.items() if of & self._downlinks.keys() and not of & about}
        if any(self._downlinks[one][1].picture for one in about):
            self._told[about] = rate

    def now(self) -> tuple[int | None, int | None]:
        """Bits a second that the line carries, and how many were sent lately of what that is about."""
        told = {of: said for of, said in self._told.items() if of & self._downlinks.keys()}
        if not told:
            return None, None
        about = {self._downlinks[ssrc][1] for of in told for ssrc in of if ssrc in self._downlinks}
        return sum(told.values()), sum(one.lately for one in about) * 8
