"""What an attachment may be. Everything past these is refused before it costs memory or time."""

from typing import Literal

MediaType = Literal["image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"]
KeptType = Literal["image/jpeg", "image/png", "application/pdf"]
"""What is handed out: pictures are written anew as JPEG or PNG."""
Why = Literal[
    "damaged",  # cannot be read to its end
    "infected",  # the virus scanner knows it
    "locked",  # needs a password
    "lost",  # it came whole, and its bytes are not in the store any more: a copy brought back was without them
    "not_finished",  # the rest never came
    "too_heavy",  # would take more memory or time than a file may
    "too_many_pages",
    "too_many_pixels",
    "wrong_type",  # not what we take, whatever it is called
]

LARGEST_BYTES = 20 * 1024 * 1024
"""Above what phones make of a picture, below what clamd takes by default (StreamMaxLength, 25 MiB)."""
LARGEST_PIXELS = 50_000_000
"""What the largest common phone cameras make at once (48 to 50 megapixels)."""
MOST_PAGES = 200
LARGEST_EDGE = 4_096
"""Pixels along the longer side of a picture that is kept: skin can be judged, and it opens on a phone."""
THUMBNAIL_EDGE = 480
NAME_LIMIT = 200
CAPTION_LIMIT = 1_000
UNFINISHED_LIMIT = 20
"""Attachments of one contact that may be on their way at once."""
UNFINISHED_MS = 24 * 60 * 60 * 1000
"""What has not come whole by then is taken away."""
