"""The live index in Redis: who is next, in one atomic step. Nothing here is the record."""
