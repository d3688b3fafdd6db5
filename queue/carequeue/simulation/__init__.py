"""A year at a made-up region on a virtual clock, through the queue's own order, deadlines and capacity."""
