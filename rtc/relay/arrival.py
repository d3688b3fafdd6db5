"""How one track arrives: what was lost, what to ask for again, and its sender's report (RFC 3550 6.4, A.3, A.8).

Bounded: of what is missing the newest `MISSING_MOST` numbers are known, and each is asked for `TRIES` times.
"""

from aiortc.rtp import RtcpReceiverInfo

from rtc.relay.packet import HALF

MISSING_MOST = 128
JUMP = 1_000
"""Numbers further ahead are no loss: the track began anew."""
TRIES = 5
FIRST_S, AGAIN_S = 0.02, 0.06
"""When a missing packet is asked for first (it may only be late), and each time after."""


class Arrival:
    """Counts of one SSRC."""

    __slots__ = (
        "_clock",
        "_cycles",
        "_expected_before",
        "_first",
        "_jitter",
        "_received_before",
        "_repeated",
        "_report_at",
        "_report_ntp",
        "_transit",
        "highest",
        "mended",
        "missing",
        "received",
        "ssrc",
    )

    def __init__(self, ssrc: int, number: int, *, clock: int) -> None:
        self.ssrc = ssrc
        self.highest = number
        self.received = 0
        self.mended = 0
        """What came late, or when it was asked for."""
        self.missing: dict[int, tuple[int, float]] = {}
        """What has not come: how often it was asked for, and when it is asked for next."""
        self._first, self._cycles = number, 0
        self._expected_before = self._received_before = 0
        self._repeated = 0
        """Of what was received: what came because it was asked for. To its sender it is lost all the same."""
        self._jitter = self._transit = 0.0
        self._clock = clock
        self._report_ntp, self._report_at = 0, 0.0

    def take(self, number: int, timestamp: int, now: float) -> bool:
        """Count a packet; whether it is news and not what came before."""
        ahead = (number - self.highest) & 0xFFFF
        if 0 < ahead < HALF:
            if 1 < ahead <= JUMP:
                self._miss(number, ahead, now)
            if number < self.highest:
                self._cycles += 1
            self.highest = number
        elif self.received:
            missed = self.missing.pop(number, None)
            if missed is None:
                return False
            self.mended += 1
            self._repeated += missed[0] > 0
        self.received += 1
        transit = now * self._clock - timestamp
        if self._transit and ahead < HALF:
            self._jitter += (min(abs(transit - self._transit), self._clock) - self._jitter) / 16
        self._transit = transit
        return True

    def heard(self, ntp: int, now: float) -> None:
        """The sender's own report came."""
        self._report_ntp, self._report_at = (ntp >> 16) & 0xFFFFFFFF, now

    def due(self, now: float) -> list[int]:
        """What is to be asked for now; what was asked for in vain is given up."""
        due = [number for number, (_, at) in self.missing.items() if at <= now]
        for number in due:
            tries = self.missing[number][0] + 1
            if tries > TRIES:
                del self.missing[number]
            else:
                self.missing[number] = (tries, now + AGAIN_S)
        return [number for number in due if number in self.missing]

    def report(self, now: float) -> RtcpReceiverInfo:
        """What the sender is told, of the time since the last report and in all."""
        highest = (self._cycles << 16) + self.highest
        expected = highest - self._first + 1
        received = self.received - self._repeated
        lately, came = expected - self._expected_before, received - self._received_before
        self._expected_before, self._received_before = expected, received
        lost = max(0, lately - came)
        return RtcpReceiverInfo(
            ssrc=self.ssrc,
            fraction_lost=min(255, lost * 256 // lately) if lately > 0 else 0,
            packets_lost=max(0, min(expected - received, 0x7FFFFF)),
            highest_sequence=highest & 0xFFFFFFFF,
            jitter=int(self._jitter),
            lsr=self._report_ntp,
            dlsr=int((now - self._report_at) * 65536) & 0xFFFFFFFF if self._report_ntp else 0,
        )

    def _miss(self, number: int, ahead: int, now: float) -> None:
        for lost in range(max(1, ahead - MISSING_MOST), ahead):
            self.missing[(self.highest + lost) & 0xFFFF] = (0, now + FIRST_S)
        while len(self.missing) > MISSING_MOST:
            del self.missing[next(iter(self.missing))]
