"""How sound and picture arrived in a visit, as far as it bears on what may be judged by them."""
