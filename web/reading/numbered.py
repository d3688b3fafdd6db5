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
        self._numbers = {"{emergency}": numbers.emergency, "{advice}": numbers.advice}

    async def __call__(self, story: Story, *, basis_no: int) -> Assessed:
        """The assessment of everything told up to entry `basis_no`."""
        assessed = await self._read(story, basis_no=basis_no)
        return msgspec.structs.replace(assessed, safety_net=self._filled(assessed.safety_net))

    def _filled(self, text: str) -> str:
        for place, number in self._numbers.items():
            text = text.replace(place, number)
        return text
