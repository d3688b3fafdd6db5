"""What staff follow: how a contact may end, what is said when 112 or 113 is called, what comes when nobody answers."""
