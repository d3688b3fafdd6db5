"""The test before a visit: what a page sends to our server comes back, and how that went is told to the unit."""

from rtc.room.tested import ConnectionResult
from web.wire.base import Wire
from web.wire.visit import Description, IceServer


class BeginTest(Wire, frozen=True, kw_only=True):
    """`test:begin`: an offer of the relay, over which everything one sends comes back, for a minute at most.

    The test lives on the node that was asked: a line that is made anew begins another.
    """

    contact_id: str
    session: str
    """The page's own word for this connection; a new one takes the place of the former."""


class TestOffer(Wire, frozen=True, kw_only=True):
    """An offer to answer with `test:answer`."""

    offer_no: int
    description: Description
    ice_servers: tuple[IceServer, ...]
    relay_only: bool


class AnswerTest(Wire, frozen=True, kw_only=True):
    """`test:answer`: to the offer of this number. An answer that cannot be used is refused with `bad_request`."""

    contact_id: str
    session: str
    offer_no: int
    description: Description


class TestAnswered(Wire, frozen=True, kw_only=True):
    """Answer to `test:answer`; another offer where another codec is spoken from now on."""

    offer: TestOffer | None


class EndTest(Wire, frozen=True, kw_only=True):
    """`test:end`: one is done."""

    contact_id: str


class TellTest(Wire, frozen=True, kw_only=True):
    """`test:tell`: how it went, for the unit to see."""

    contact_id: str
    client_id: str
    result: ConnectionResult
