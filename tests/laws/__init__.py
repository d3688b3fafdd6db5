"""Laws of the record that hold whatever people do, in whatever order, on whichever node."""
