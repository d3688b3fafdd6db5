"""What goes out by itself after a commit: each entry to those who follow it, as their audience may see it."""
