"""How long what is kept, and its erasure when that time is over: by itself, once, told in the record."""
