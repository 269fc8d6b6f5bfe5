"""The citation audit: its engine, its settings, its reports; `rules` holds the catalogue."""
