"""Whether some wait longer than others: a unit's month by level, age group, language and hour."""
