"""How long people have waited: a row for each wait that has ended, for promises, forecasts and sheets."""
