"""How long it takes from coming to a visit on the relay until its first picture is decoded, with real encoders."""

import asyncio
import time

from tests.rtc.relay.peer import until, visit

TIMES = 20


async def joins_s() -> list[float]:
    """Twenty times a third person comes to a visit of two: from the call to the first frame of both."""
    took = []
    async with visit() as here:
        first = [here.add(name) for name in ("astrid", "sara")]
        for one in first:
            one.join()
        await until(lambda: first[0].of("sara").frames > 5 and first[1].of("astrid").frames > 5)
        for number in range(TIMES):
            late = here.add(f"late {number}", grey=100, hertz=500)
            began = time.monotonic()
            late.join()
            await until(lambda late=late: late.of("astrid").frames > 0 and late.of("sara").frames > 0)
            took.append(time.monotonic() - began)
            here.relay.leave(next(iter(here.relay.rooms)), late.name)
            await late.close()
            await asyncio.sleep(0.3)
    return took
