"""A quick copy of due times in Redis: it only wakes. Losing it costs seconds, never a timer."""
