"""The one family of errors. Only `web.middleware` knows which status number a code answers with."""

from typing import Literal, get_args

ErrorCode = Literal[
    "already_claimed",  # someone else holds the contact; data: by
    "answers_invalid",  # a form's answers do not fit it; data: faults (link_id, code, limit)
    "assurance_too_low",  # who one is must be known more surely, or anew; data: needed, provider, within_min
    "at_capacity",  # who asks for the next contact holds as many as they are given; data: held
    "bad_request",  # the body could not be read; data: where, what
    "behind",  # the caller has not seen newer content; data: newer, head
    "calls_left",  # nobody counts as not reached before every call was made; data: tried, calls
    "clock_off",  # this machine's clock is not the database's; data: off_ms, most_ms
    "closed",  # the contact is closed
    "code_wrong",  # not the code that came with the invitation
    "content_invalid",  # clinical content refused at start; data: problems
    "data_dir_taken",  # another process keeps its stores in the same folder; data: folder
    "database_demo",  # made for a demonstration, and started without it
    "database_real",  # not made for a demonstration, and started as one
    "database_unsafe",  # the database could lose what it acknowledged; data: setting, found, wanted
    "demo_only",  # a demo function on a deployment that is no demo
    "directory_empty",  # there is no unit that takes chats
    "empty",  # a text without any visible character; data: field
    "folder_unwritable",  # data: folder, why
    "forbidden_origin",  # a browser page of another origin
    "form_invalid",  # a form that cannot be used; data: faults (link_id, what)
    "function_off",  # the unit does not offer this to this patient now; data: function, text (by language)
    "identity_differs",  # the second person typed another identity number than the first
    "identity_invalid",  # an identity number that cannot be; data: why
    "identity_taken",  # an identity number that is another person's
    "intake_paused",  # who asks for the next contact takes nothing new: they pause, or finish what is open
    "internal",  # our own fault, told without detail; data: incident
    "locked_out",  # wrong too often; data: retry_after_s
    "login_failed",  # signing in came to nothing; data: why
    "log_broken",  # the chain of a stream does not hold; data: stream, no, why
    "missing_tool",  # something the machine lacks; data: tool, hint
    "node_too_old",  # a release two ahead has changed the database; data: release, database
    "nobody_on_duty",  # the unit takes nothing in writing now; data: opens_at
    "not_confirmed",  # what to do if it gets worse must have been understood first
    "not_connected",  # a visit signal for someone who is not there
    "not_found",  # missing, or not yours: the two look the same
    "not_ready",  # the process should be sent nobody; data: why
    "not_signed_in",
    "not_bookable",  # a time that may not be booked, moved or cancelled so; data: why
    "nothing_waiting",  # no contact waits that this nurse may take
    "oneself",  # nobody decides what they are themselves
    "port_taken",  # data: port
    "record_exists",  # a restore would write over a record; data: where
    "record_mismatch",  # a record of another release cannot be copied; data: step, ours
    "removed",  # staff have put this person out of the visit for good
    "schedule_invalid",  # a clinician's schedule that cannot be; data: faults (code, where)
    "second_person",  # this step is another person's than the one before
    "settings_invalid",  # data: problems
    "sheet_invalid",  # what is to be decided of a unit or of staff cannot be so; data: faults (code, where)
    "store_differs",  # attachments of this record lie in another store; data: where, mark
    "slot_taken",  # the time that was asked for is another's
    "stale_claim",  # the claim this command was made under is over; data: claim_no
    "too_alike",  # a rewritten sentence that repeats the patient's
    "too_fast",  # rate limit; data: retry_after_s
    "too_large",  # a file; data: limit (bytes)
    "too_long",  # data: field, limit
    "too_many",  # more at once than there may be; data: limit
    "unknown_event",  # data: event
    "unknown_kind",  # an entry kind nobody registered; data: kind
    "unreachable",  # a store could not be reached; data: what
    "visit_over",
    "wrong_language",  # data: lang
    "wrong_offset",  # an upload goes on somewhere else; data: offset
    "wrong_state",  # the contact is not in the state the command needs; data: state
    "wrong_type",  # a file that is neither a picture nor a document we take, by its content
    "wrong_version",  # another version of the upload protocol; data: wanted
]

CODES: frozenset[str] = frozenset(get_args(ErrorCode))


class FyrError(Exception):
    """A failure with a `code` (also its translation key) and `data` that is safe to show.

    `data` never holds a patient's words: ids, numbers, names of fields and settings only.
    """

    def __init__(self, code: ErrorCode, /, **data: object) -> None:
        super().__init__(code)
        self.code: ErrorCode = code
        self.data = data

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value}" for key, value in self.data.items())
        return f"{self.code}: {told}" if told else self.code
