"""What digital care has led to, in numbers that are defined here and counted from the log, losses as well as gains."""
