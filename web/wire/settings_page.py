"""`docs/settings.md`: every setting, written from the table the service itself reads."""

from core.setting_rows import SETTINGS
from core.settings import OF_TESTS

INTRODUCTION = """\
# Settings

Made from `core/setting_rows.py` by `fyr wire`; do not edit. Settings come from the environment. They are checked whole
before the port opens; a name that begins with `FYR_` and is not here, or a value that cannot be, stops the start and is
named (never its value: it may be a secret).

"""


def settings_page() -> str:
    """The whole page."""
    rows = [
        f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else 'empty'} | {setting.meaning} |"
        for setting in SETTINGS
    ]
    tests = ", ".join(f"`{name}`" for name in OF_TESTS)
    return INTRODUCTION + "\n".join(
        ["| name | default | meaning |", "| --- | --- | --- |", *rows, "", f"Only the browser tests read {tests}.", ""]
    )
