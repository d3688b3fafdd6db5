"""The reader: stories in by stdin, how they are understood out by stdout, until stdin ends. See `web.reading.aside`.

It gives way to the calls: whoever writes waits for an answer, and a story is read soon enough beside them.
"""

import gc
import os
import sys
from typing import BinaryIO

from triage.assess import warm
from triage.content import load_content
from triage.reader import Reader
from triage.versions.pack import unpack
from web.reading.frames import LENGTH_BYTES, Asked, Begin, Ready, Told, frame, unframed

GIVES_WAY = 15
"""Of nice(1): beside calls that want the same processor it gets a thirtieth of it."""
GIVES_WAY_TO_ALL = 19
"""Of nice(1): beside a reader that is waited for it gets less than a third."""


def main() -> None:
    """Load, say so, and read what comes."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    begin = unframed(stdin.read(int.from_bytes(stdin.read(LENGTH_BYTES), "big")), Begin)
    if not begin.hurries:
        os.nice(GIVES_WAY_TO_ALL)
    content = unpack(begin.files) if begin.files else load_content()
    warm(content)
    gc.collect()
    gc.freeze()  # what was loaded stays, and is not looked through again and again
    if begin.hurries:
        os.nice(GIVES_WAY)  # not before: the service's start waits for it
    read = Reader(content)
    _say(stdout, Ready(content.version))
    while length := int.from_bytes(stdin.read(LENGTH_BYTES), "big"):
        asked = unframed(stdin.read(length), Asked)
        try:
            told = Told(read(asked.story, basis_no=asked.basis_no))
        except Exception as failure:  # noqa: BLE001 - a story it cannot read is no reason to read no other
            told = Told(None, type(failure).__name__)
        _say(stdout, told)


def _say(stdout: BinaryIO, told: Ready | Told) -> None:
    stdout.write(frame(told))
    stdout.flush()


if __name__ == "__main__":
    main()
