"""The citation audit.

Use `engine.audit` and `engine.examine`, `settings.find_settings`, `reports` for every form of a report, and for the catalogue `rules.RULES`
and `rules.find_rule`. `spreadsheet` stands apart because practice logs need it too, without the engine.
"""
