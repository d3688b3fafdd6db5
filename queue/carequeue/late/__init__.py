"""What happens by itself when somebody waits longer than was promised: told in steps, each once."""
