"""What a recogniser is told and answers: the open protocol of vosk-server, by WebSocket.

We say the sample rate (`{"config": {"sample_rate": 16000}}`), then send sound as it comes (PCM, 16 bits, little endian,
one channel), then `{"eof": 1}`. It answers with what it takes to be said so far (`{"partial": "…"}`) and with what it
has settled on (`{"text": "…"}`). Other fields are its own.
"""

import re
from typing import NamedTuple

import msgspec

SAMPLE_RATE = 16_000
BEGIN = msgspec.json.encode({"config": {"sample_rate": SAMPLE_RATE}}).decode()
END = msgspec.json.encode({"eof": 1}).decode()
LANGUAGE = re.compile(r"[a-z]{2,3}")
LONGEST_TEXT = 1_000
"""Of one answer, in characters: what is longer was said over minutes, and the end of it is shown."""


class Heard(NamedTuple):
    """What a recogniser takes to be said."""

    text: str
    final: bool
    """It says so for good; else the next answer takes its place."""


class _Answer(msgspec.Struct, frozen=True):
    partial: str = ""
    text: str | None = None


def read_answer(told: str) -> Heard | None:
    """What is in an answer; None when there is nothing in it, or it is none."""
    try:
        answer = msgspec.json.decode(told, type=_Answer)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
    if answer.text is not None:
        return Heard(answer.text.strip()[-LONGEST_TEXT:], final=True)
    return Heard(answer.partial.strip()[-LONGEST_TEXT:], final=False) if answer.partial.strip() else None


def address_for(url: str, lang: str) -> str:
    """Where one language is recognised: `{lang}` in the address stands for it."""
    return url.replace("{lang}", lang)
