"""From what is known to a level: three-valued rules, scores, safe paths and the questions that would settle it."""
