"""What the command line says when it stops: one sentence an operator can act on, never a stack trace."""

from collections.abc import Mapping
from typing import Any

from core.errors import ErrorCode, FyrError

SENTENCES: Mapping[ErrorCode, str] = {
    "clock_off": "The clock is {off_ms} ms off the database's, more than {most_ms} ms: set it, then start again.",
    "content_invalid": "The clinical content is not in order: {problems}. `fyr check-content` shows all of it.",
    "data_dir_taken": "Another Fyr keeps its data in {folder}; stop it, or choose another folder with FYR_DATA_DIR.",
    "database_demo": (
        "This database was made for a demonstration, with made-up people; "
        "start it with `fyr demo`, or choose an empty one."
    ),
    "database_real": (
        "This database was not made for a demonstration, and in one anyone may sign in as anyone; "
        "start it without FYR_DEMO, or choose an empty one."
    ),
    "database_unsafe": "The database could lose what it has acknowledged: {setting} is {found}, it must be {wanted}.",
    "directory_empty": "Nobody can be cared for here yet: take in the region's file with `fyr directory import FILE`.",
    "folder_unwritable": "The folder {folder} cannot be written to ({why}); choose another with FYR_DATA_DIR.",
    "identity_invalid": "That is no identity number to be had here ({why}).",
    "identity_taken": "That number is another person's; end it there first.",
    "missing_tool": "{tool} is missing: {hint}.",
    "node_too_old": "Fyr {release} is too old for this database, which Fyr {database} has changed; install {database}.",
    "port_taken": "Port {port} is already in use; choose another with FYR_PORT.",
    "record_exists": "There is a record in {where} already; restore into an empty place.",
    "record_mismatch": "The record has taken step {step}, this Fyr knows step {ours}; use the release that wrote it.",
    "settings_invalid": "The settings are not in order: {problems}. All of them are described in docs/settings.md.",
    "store_differs": (
        "The attachments of this record lie in another store than {where}: every node must share one "
        "(FYR_ATTACHMENTS_URL); to go on with this one, write {mark} into a file called `store` in it."
    ),
    "unreachable": "{what} cannot be reached.",
}
TOLD_PROBLEMS = 5


def sentence(failure: FyrError) -> str:
    """The failure in one line."""
    pattern = SENTENCES.get(failure.code)
    if pattern is None:
        return str(failure)
    return pattern.format_map(_Told({**failure.data, "problems": _problems(failure.data.get("problems"))}))


def _problems(problems: object) -> str:
    if not isinstance(problems, (list, tuple)):
        return ""
    told = "; ".join(str(problem) for problem in problems[:TOLD_PROBLEMS])
    more = len(problems) - TOLD_PROBLEMS
    return f"{told}; and {more} more" if more > 0 else told


class _Told(dict[str, Any]):
    """What the failure did not say is left open rather than hiding the rest."""

    def __missing__(self, key: str) -> str:
        return "?"
