"""The engine's reading, with the country's numbers put where the clinical content leaves room for them."""

import asyncio

import msgspec

from carequeue.report import Assess
from triage.content import Content
from triage.entries import Assessed
from triage.pipeline.reading import readers
from triage.reader import Reader
from triage.told import Story
from web.wire.session import EmergencyNumbers


class ReaderHere:
    """Reads in a thread: a very long story takes a second, and nothing else may wait for it."""

    def __init__(self, content: Content) -> None:
        self._read = Reader(content)
        self._content = content

    def forget(self) -> None:
        """Keep no text that was read: words somewhere among them have been erased."""
        readers(self._content).forget()

    async def __call__(self, story: Story, *, basis_no: int) -> Assessed:
        """The assessment of everything told up to entry `basis_no`."""
        return await asyncio.to_thread(self._read, story, basis_no=basis_no)


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
