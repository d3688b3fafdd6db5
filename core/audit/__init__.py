"""Who looked at what, when, for which purpose, and who was refused. Changes are audited by the log itself."""
