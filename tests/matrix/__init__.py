"""Every route and socket call in every circumstance, against the written tables of docs/access.md."""
