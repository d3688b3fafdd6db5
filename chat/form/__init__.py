"""That a form was sent or answered, as the conversation knows it: whose turn it is."""
