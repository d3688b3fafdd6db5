"""Who in a visit has a line to some node."""
