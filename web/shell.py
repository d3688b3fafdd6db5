"""What every page knows before any call: the country's numbers and the emergency screen, worded in every language."""

from importlib.metadata import version
from typing import Literal

from core.notices.notices import Told
from core.settings import Country, Settings
from triage.content import Content
from web.wire.session import EmergencyNumbers, ScreenQuestion, Shell

NUMBERS: dict[Country, EmergencyNumbers] = {
    "se": EmergencyNumbers(emergency="112", advice="1177"),
    "no": EmergencyNumbers(emergency="113", advice="116117"),
}
"""Sweden: SOS Alarm and 1177. Norway: medical emergency and the nearest legevakt."""


def make_shell(settings: Settings, content: Content, told: Told | None = None) -> Shell:
    """The shell of this deployment."""
    return Shell(
        country=settings.country,
        numbers=NUMBERS[settings.country],
        screen_adult=_screen(content, "adult"),
        screen_child=_screen(content, "child"),
        demo=settings.demo,
        version=version("fyr"),
        notice_channels=told.notices.offered if told else (),
        push_key=told.push_key.public if told and told.push_key else "",
    )


def _screen(content: Content, whom: Literal["adult", "child"]) -> tuple[ScreenQuestion, ...]:
    return tuple(ScreenQuestion(id=item.id, wording=item.wording.by_lang()) for item in content.screen(whom))
