"""Guests of a visit: people without an account who come by a link that opens once, and a code that goes another way."""
