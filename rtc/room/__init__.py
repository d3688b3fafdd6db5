"""The lobby and who is where: who somebody is, who waits, who is put aside, sent back or removed, who never came."""
