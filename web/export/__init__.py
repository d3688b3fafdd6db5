"""One's own data as an archive."""
