"""The house layout of a guideline's YAML: what it says and every comment stay, how it stands there is always the same."""
