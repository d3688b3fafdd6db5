"""Letters between patient and unit: contacts that may wait for their answer while nothing in them is urgent."""
