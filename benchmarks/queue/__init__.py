"""How fast who is next is found, beside a job queue and beside a database alone."""
