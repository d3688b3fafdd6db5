"""Times to be booked: schedules, their slots, who has booked them, who waits for one, and what is told of it."""
