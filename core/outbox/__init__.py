"""What follows a commit: rows written in its transaction, carried out by any node, at least once."""
