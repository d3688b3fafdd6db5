"""Works a question out in a process of its own: the question in by stdin, a line for each step and the answer out.

It is given numbers and times alone, gives way to everything else, and is ended by the kernel when it takes too long.
"""

import os
import resource
import sys

import msgspec

from carequeue.staffing.question import Progress, Question
from carequeue.staffing.tried import tried

LONGEST_CPU_S = 45
GIVES_WAY_TO_ALL = 19
"""Of nice(1)."""


def main() -> None:
    """Read, try, tell, end."""
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_CPU_S, LONGEST_CPU_S))
    os.nice(GIVES_WAY_TO_ALL)
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    _say(tried(question, _tell))


def _tell(progress: Progress) -> None:
    _say(progress)


def _say(told: msgspec.Struct) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
