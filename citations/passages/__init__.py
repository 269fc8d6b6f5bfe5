"""Reading beside a statement: the nearest sentences of a cited text, and which of the statement's figures and words stand in it.

Use `texts` to make a text of an article or an abstract, `comparison.compare` to read it beside a statement. No verdict is offered.
"""
