"""Streams and entries: the append-only record everything else is a projection of. Knows no clinical word."""
