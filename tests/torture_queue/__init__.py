"""Nurses claim, give back and die over two nodes while Redis and nodes are killed; then each claim is held to account.

What is counted, by the times at which PostgreSQL says each entry was committed:

- *lost*: a contact or claim that was acknowledged and is not in the record, or a contact nobody could close at the end;
- *held twice*: a claim of a contact that somebody held, or anything written under a claim that was over;
- *out of order*: a claim that passed a contact with a smaller key which that nurse might take and which had waited in
  SQL for more than a second before the nurse asked. What is taken counts with the best place it had within that
  second. Claims made at the same time may stand in either order, so a contact whose own claim was under way does not
  count; nor do as many others as claims had just been broken off or took more than a second, since each of those may
  have parked one;
- *idle while waiting*: the answer that there is nothing to take while such a contact waited from a second before the
  question until after the answer. There is no excuse for that.
"""
