"""How many will come, hour by hour, from how many came in the same hours of past weeks."""
