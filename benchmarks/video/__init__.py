"""What a forwarded picture costs: our relay beside Janus and aiortc's MediaRelay, with equal senders and receivers."""
