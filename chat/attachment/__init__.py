"""Pictures and documents in a conversation."""
