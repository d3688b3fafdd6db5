"""A contact goes from one nurse to another: offered, asked for, accepted, and never without somebody who holds it."""
