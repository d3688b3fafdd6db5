"""The process in which one file is made harmless: `python -m core.attachments.bench TYPE`, the file on standard input.

It holds no secret and no setting, may take little memory and time, may write no file, and answers with one message.
What breaks it ends it: the service goes on.
"""

import os
import resource
import sys

MEMORY_BYTES = 1_200_000_000
"""Address space, libraries included: a picture at the limit of pixels takes about half of it."""
PROCESSOR_S = 15
POLITE = 10
"""Niceness: conversations go first."""


def main() -> None:
    """Read, prepare, answer."""
    _confine()
    import msgspec

    answer = _prepared(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(POLITE)


def _prepared(data: bytes, media_type: str) -> object:
    from core.attachments.prepared import RefusedError, Unusable

    try:
        return _made(data, media_type)
    except RefusedError as refused:
        return Unusable(why=refused.why)
    except MemoryError:
        return Unusable(why="too_heavy")
    except Exception:  # noqa: BLE001 - a decoder may raise anything at what a stranger made; it tells nobody's words
        return Unusable(why="damaged")


def _made(data: bytes, media_type: str) -> object:
    if media_type == "application/pdf":
        from core.attachments.document import prepare_document

        return prepare_document(data)
    from core.attachments.limits import MediaType
    from core.attachments.picture import FORMATS, prepare_picture

    known: MediaType = next(one for one in FORMATS if one == media_type)
    return prepare_picture(data, known)


if __name__ == "__main__":
    main()
