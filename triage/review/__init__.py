"""Learning from nurses: what was read wrongly, and reviewers' own sentences that show it without a patient's words."""
