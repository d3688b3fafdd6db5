"""More than anyone could mean, and garbage, against a real node: what it costs others, and what stays behind."""
