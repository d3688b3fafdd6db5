"""Who may see and do what: roles and rights, the walls between legal care givers, the doors in those walls."""
