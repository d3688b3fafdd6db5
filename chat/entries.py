"""What is said in a contact: the bodies `chat` owns, exactly as they lie in the log and go over the wire."""

from typing import Literal

import msgspec

from core.log.body import Body

Subject = Literal["self", "child", "other"]
Sex = Literal["f", "m"]
TEXT_LIMIT = 8_000
"""Code points in one message: about four pages, far more than anyone writes on a phone, read in bounded time."""


class Opened(Body, tag="opened", frozen=True, kw_only=True):
    """A contact begins: whom it is about and what the emergency screen said."""

    subject: Subject
    about: str = ""
    """The name of whom it is about, when somebody who represents them opened it."""
    age_y: int | None = None
    age_m: int | None = None
    sex: Sex | None = None
    lang: str
    screen: tuple[str, ...] = ()
    """Ids of the emergency questions answered yes; empty means "none of these", unless it was booked."""
    booking_id: str = ""
    """What it was booked by, where it was opened for a booked visit: nobody was asked the emergency questions then."""
    begins_ms: int = 0
    """When that visit begins."""


class Message(Body, tag="message", frozen=True, kw_only=True):
    """A text from one of the people in the contact."""

    text: str
    lang: str | None = None
    asked: str | None = None
    """Id of the question this text answers, if it was written to one."""


class Answered(Body, tag="answered", frozen=True, kw_only=True):
    """The answer to a question of the intake, with the question as it was worded."""

    question: str
    wording: str
    value: bool | float | str


class Corrected(Body, tag="corrected", frozen=True, kw_only=True):
    """The patient corrects how they were understood. It may raise urgency, never lower it."""

    struck: tuple[str, ...] = ()
    """Concepts the patient says they do not have."""
    added: tuple[str, ...] = ()
    """Concepts the patient says they do have."""


class Reach(Body, tag="reach", frozen=True, kw_only=True):
    """Where the person is now and which number reaches them."""

    place: str
    phone: str
    withheld: bool = False
    """True where it was told and is not shown: whom it concerns is protected."""


class Amended(Body, tag="amended", frozen=True, kw_only=True):
    """The author of a message corrects it. The message stays as it was written; this stands beside it."""

    of_no: int
    """Number of the message in the reader's numbering."""
    of_patient_no: int
    """Its number as the patient counts."""
    text: str
    lang: str | None = None


NotePart = Literal["situation", "background", "assessment", "recommendation"]


class NoteSentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of a note in four parts (SBAR), with what it rests on."""

    part: NotePart
    text: str
    nos: tuple[int, ...] = ()
    """Numbers of the entries it rests on, as staff count; none for what the nurse has written by themselves."""


class Noted(Body, tag="noted", frozen=True, kw_only=True):
    """A private note between colleagues. The patient never sees it, nor that it exists."""

    text: str
    sentences: tuple[NoteSentence, ...] = ()
    """Of a note in four parts: the same words, each sentence with the entries it rests on."""


class ColleagueAsked(Body, tag="colleague_asked", frozen=True, kw_only=True):
    """A question to a colleague, or to whoever has a role at the unit. Never seen by the patient."""

    text: str
    to_staff: str | None = None
    """Staff id of the colleague asked."""
    to_name: str = ""
    to_role: str = ""
    """The role asked, when nobody is named."""


class ColleagueAnswered(Body, tag="colleague_answered", frozen=True, kw_only=True):
    """The answer to a colleague's question. Never seen by the patient."""

    question_no: int
    """Number of the entry that asked."""
    text: str


class Read(Body, tag="read", frozen=True, kw_only=True):
    """Someone has had everything up to a message on their screen."""

    up_to_no: int
    """Number of the newest entry seen, in the reader's numbering."""
    up_to_patient_no: int
    """The same as the patient counts: the newest of what the patient sees among those entries."""
