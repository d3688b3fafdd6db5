"""Reading in this process. Imported only where that is done: the language parts take a second and 100 MB to load."""

import asyncio

from triage.assess import warm
from triage.content import Content
from triage.entries import Assessed
from triage.pipeline.reading import readers
from triage.reader import Reader
from triage.told import Story


class ReaderHere:
    """Reads in a thread: a very long story takes a second, and nothing else may wait for it."""

    def __init__(self, content: Content) -> None:
        self._read = Reader(content)
        self._content = content

    def warm(self) -> None:
        """Load what the first story would wait for."""
        warm(self._content)

    def forget(self) -> None:
        """Keep no text that was read: words somewhere among them have been erased."""
        readers(self._content).forget()

    async def __call__(self, story: Story, *, basis_no: int) -> Assessed:
        """The assessment of everything told up to entry `basis_no`."""
        return await asyncio.to_thread(self._read, story, basis_no=basis_no)
