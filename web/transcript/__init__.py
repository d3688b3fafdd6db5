"""A contact's transcript as a paper: its page in HTML, and the press that makes a tagged PDF of it."""
