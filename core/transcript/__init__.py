"""How a contact reads afterwards: every kind says itself in a sentence, and here they become one transcript."""
