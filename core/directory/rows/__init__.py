"""What the directory asks most, each statement made once."""
