"""Conversation: opening a contact, posting to it, telling its story. Knows neither sockets nor video."""
