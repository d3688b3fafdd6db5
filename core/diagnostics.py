"""What operators read: one JSON object a line on standard error. Not the contact log, and never a patient's words.

Our own events carry a name and chosen fields. What other libraries say is cut to its fixed wording, and an exception to
its type and the lines of code it passed: messages and arguments may hold what someone wrote, so they are left out.
"""

import logging
import sys
import threading
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from core.errors import FyrError
from core.settings import LogLevel

Raised = tuple[type[BaseException], BaseException, TracebackType | None]
FRAMES = 12
WORDING_LIMIT = 120
HAVE_HANDLERS = ("engineio.server", "socketio.server")
"""Loggers that are given a handler of their own, which writes exceptions whole, unless they have a level already."""
ROOT = Path(__file__).resolve().parent.parent

log = structlog.get_logger(__name__)


def configure(level: LogLevel, *, into: TextIO | None = None) -> None:
    """Set up logging for this process, and make a crash speak the same way."""
    own: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        failure_without_words,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *own, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(into or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[wording_only, *own],
            use_get_message=False,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for package in ("core", "triage", "carequeue", "chat", "rtc", "care", "web"):
        logging.getLogger(package).setLevel(level.upper())
    for library in HAVE_HANDLERS:
        logging.getLogger(library).handlers.clear()
        logging.getLogger(library).setLevel(logging.ERROR)
    _crash_quietly()


def wording_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The first line of another library's message as it stands in its code, without what was put into it."""
    wording = str(event["event"]).partition("\n")[0]
    return {**event, "event": wording[:WORDING_LIMIT]}


def failure_without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An exception as its type and where it came from; of our own family also its code and its data."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, BaseException):
        raised = (type(raised), raised, raised.__traceback__)
    if not raised or raised[1] is None:
        return event
    return {**event, **told(raised[1])}


def told(failure: BaseException) -> dict[str, Any]:
    """What may be said of an exception: no message, no values of variables."""
    own = {"code": failure.code, "data": failure.data} if isinstance(failure, FyrError) else {}
    where = [f"{_short(at.filename)}:{at.lineno} {at.name}" for at in extract_tb(failure.__traceback__)[-FRAMES:]]
    causes: list[str] = []
    cause = failure.__cause__ or failure.__context__
    while cause is not None and len(causes) < FRAMES:
        causes.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    return {"error": type(failure).__name__, **own, "where": where, **({"causes": causes} if causes else {})}


def _short(filename: str) -> str:
    """From the package on: the place of an installation is nobody's business."""
    path = Path(filename)
    if path.is_relative_to(ROOT):
        return str(path.relative_to(ROOT)).rpartition("site-packages/")[2]
    return "/".join(path.parts[-2:])


def _crash_quietly() -> None:
    def on_crash(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, failure, trace)
            return
        log.critical("crashed", exc_info=(kind, failure, trace))

    sys.excepthook = on_crash
    threading.excepthook = lambda args: log.critical(
        "thread_crashed", exc_info=(args.exc_type, args.exc_value, args.exc_traceback)
    )
    sys.unraisablehook = lambda args: log.error(
        "unraisable", exc_info=(args.exc_type, args.exc_value, args.exc_traceback)
    )
