"""The words of notices, from `texts.yaml`, checked whole at start."""

from importlib import resources
from typing import get_args

import msgspec

from core.content_file import parse_content
from core.errors import FyrError
from core.notices.entries import NoticeName
from core.transcript.line import Sentence

LONGEST_SMS = 160
"""One text message (3GPP TS 23.038) before the address is filled in: a second one may come alone and first."""


ADDRESS, CODE, WHEN = "{url}", "{code}", "{when}"
FIELDS: dict[NoticeName, tuple[str, ...]] = {
    "guest_code": (CODE,),
    "services_invited": (CODE, ADDRESS),
    "booking_made": (WHEN, ADDRESS),
    "booking_reminder": (WHEN, ADDRESS),
    "booking_cancelled": (WHEN, ADDRESS),
    "booking_offer": (WHEN, ADDRESS),
}
"""What a text has besides its words, where that is not just the address of the service or of an invitation."""


class _Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`texts.yaml` as it is written."""

    version: int
    subject: Sentence
    texts: dict[NoticeName, Sentence]


class Texts:
    """Every notice in every language."""

    def __init__(self, content: _Content) -> None:
        """Raises `content_invalid`."""
        missing = [name for name in get_args(NoticeName) if name not in content.texts]
        problems = [f"notices: {name} is missing" for name in missing]
        problems += [f"notices: {name}: {why}" for name, said in content.texts.items() for why in _problems(name, said)]
        if problems:
            raise FyrError("content_invalid", problems=problems)
        self._content = content

    def subject(self, lang: str) -> str:
        """The heading of an e-mail."""
        return str(getattr(self._content.subject, lang, self._content.subject.en))

    def text(self, name: NoticeName, lang: str, *, url: str = "", code: str = "", when: str = "") -> str:
        """One notice, with the address of the service; without one it says only what has happened."""
        said = self._content.texts[name]
        pattern: str = getattr(said, lang, said.en)
        return pattern.format(url=url, code=code, when=when).strip()


def load_texts() -> Texts:
    """The texts this version ships with. Raises `content_invalid`."""
    return parse_texts(resources.files("core.notices").joinpath("texts.yaml").read_text("utf-8"))


def parse_texts(text: str) -> Texts:
    """Texts from YAML. Raises `content_invalid`."""
    return Texts(parse_content(text, _Content, "notices"))


def _problems(name: NoticeName, said: Sentence) -> list[str]:
    found, fields = [], FIELDS.get(name, (ADDRESS,))
    for pattern in (said.sv, said.nb, said.en):
        if pattern.count("{") != len(fields) or any(pattern.count(field) != 1 for field in fields):
            found.append(f"has {' and '.join(fields)} once and no other field")
        if len(pattern) > LONGEST_SMS:
            found.append(f"is longer than {LONGEST_SMS} letters")
    return found
