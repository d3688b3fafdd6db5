"""A contact that begins with values measured at home, as the conversation knows it: staff owe the first word."""
