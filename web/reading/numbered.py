"""The engine's reading, with the country's numbers put where the clinical content leaves room for them."""

import msgspec

from carequeue.report import Assess
from triage.entries import Assessed
from triage.told import Story
from web.wire.session import EmergencyNumbers


class NumberedReader:
    """Reads a story; `{emergency}` and `{advice}` in what the patient reads become the numbers of the deployment."""

    def __init__(self, read: Assess, numbers: EmergencyNumbers) -> None:
        self._read = read
        self._numbers = numbers

    async def __call__(self, story: Story, *, basis_no: int) -> Assessed:
        """The assessment of everything told up to entry `basis_no`."""
        return numbered(await self._read(story, basis_no=basis_no), self._numbers)


def numbered(assessed: Assessed, numbers: EmergencyNumbers) -> Assessed:
    """The assessment with the numbers in what the patient reads."""
    net, *plain = (_filled(text, numbers) for text in (assessed.safety_net, *assessed.plain))
    return msgspec.structs.replace(assessed, safety_net=net, plain=tuple(plain))


def _filled(text: str, numbers: EmergencyNumbers) -> str:
    return text.replace("{emergency}", numbers.emergency).replace("{advice}", numbers.advice)
