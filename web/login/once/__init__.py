"""What of a sign-in may happen once."""
