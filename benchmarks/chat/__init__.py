"""`make bench-chat`: messages committed, acknowledged and relayed, beside bare relays that store nothing."""
