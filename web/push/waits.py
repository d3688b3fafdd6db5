"""Where waiting contacts stand: looked up when somebody asks and every five seconds, remembered in between."""

from collections.abc import Callable, Iterable

from carequeue.state import Place
from carequeue.wait import WaitEstimator
from core.ids import ContactId, contact_of
from core.log.append import Head
from web.wire.contact import Wait


class Waits:
    """The last told place and interval of each contact that somebody here watches."""

    def __init__(
        self,
        estimator: WaitEstimator,
        *,
        is_manned: Callable[[str], bool],
        opens_at: Callable[[str], str | None],
    ) -> None:
        """`opens_at`: when a unit that is closed opens next."""
        self._estimator = estimator
        self._is_manned = is_manned
        self._opens_at = opens_at
        self._known: dict[ContactId, Wait] = {}

    def known(self, contact_id: ContactId) -> Wait | None:
        """As it was last looked up; asks nothing."""
        return self._known.get(contact_id)

    async def look(self, head: Head) -> Wait | None:
        """As it is now; None once somebody has the contact."""
        contact_id = contact_of(head.stream)
        if head.state.get(Place).status != "waiting":
            self._known.pop(contact_id, None)
            return None
        estimate = await self._estimator.estimate(head)
        unit_id = head.state.get(Place).unit_id
        wait = Wait(
            place=estimate.place,
            low_min=estimate.low_min,
            high_min=estimate.high_min,
            nobody=not self._is_manned(unit_id),
            opens_at=self._opens_at(unit_id),
        )
        self._known[contact_id] = wait
        return wait

    def keep_only(self, contacts: Iterable[ContactId]) -> None:
        """Forget everyone else."""
        kept = set(contacts)
        self._known = {contact_id: wait for contact_id, wait in self._known.items() if contact_id in kept}
