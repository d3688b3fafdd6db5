"""Who people are: their identity numbers, whom they stand for, what is protected about them."""
