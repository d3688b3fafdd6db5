"""The words of the screen, from the client's own catalogues: tests press what people read."""

import json
from functools import cache
from typing import Any, Literal

from tests.browser.demo import ROOT

Area = Literal[
    "administration",
    "advice",
    "agreement",
    "attachment",
    "audit",
    "base",
    "benefits",
    "booking",
    "captions",
    "content",
    "desk",
    "door",
    "duty",
    "followup",
    "form",
    "guest",
    "guests",
    "handover",
    "lease",
    "lead",
    "letter",
    "note",
    "patient",
    "photo",
    "pretest",
    "queue",
    "register",
    "review",
    "room",
    "route",
    "sharing",
    "sight",
    "signin",
    "staff",
    "talk",
    "template",
    "times",
    "visit",
    "vitals",
]
Language = Literal["sv", "nb", "en"]


@cache
def _catalogue(area: Area, language: Language) -> dict[str, Any]:
    text = (ROOT / f"web/client/src/words/{area}.{language}.json").read_text("utf-8")
    catalogue: dict[str, Any] = json.loads(text)
    return catalogue


class Words:
    """One language's words."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, area: Area, key: str, **values: str) -> str:
        """The text of a key with its fields filled in; the singular where there are two forms."""
        entry = _catalogue(area, self.language)[key]
        text: str = entry if isinstance(entry, str) else entry["one"]
        return text.format(**values) if values else text
