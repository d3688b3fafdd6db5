"""The quick copy of sessions."""
