"""A candidate content set beside the one in force: what it would have said of each assessment, kept and counted."""
