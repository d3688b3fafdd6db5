"""Become another program that dies when the one who started it dies, however it dies.

Run as `python leash.py PARENT_PID PROGRAM ARGUMENT...`. It is a program of its own because what must be said to the
kernel has to be said between fork and exec, where a process with threads may run no Python safely. It starts nothing
on other systems than Linux that would die by itself: there a killed parent leaves its child running.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""prctl(2): the signal to get when the parent's thread ends."""


def main() -> None:
    """Ask for SIGTERM at the parent's death, and become the program."""
    parent, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):
        sys.exit("the parent is already gone")
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
