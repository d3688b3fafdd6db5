"""The only part that knows HTTP and sockets: it parses, calls one function below, and answers."""
