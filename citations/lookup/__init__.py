"""What the public registries of publications (Crossref, PubMed) and the web say. Only `client` and `web_links` send anything.

Use `resolve.resolve` with a `client.Client` and, for web addresses, `web_links.Links`; `kept_answers` sends
nothing; `works` are the answers; `abstracts` finds what a reference's own abstract says.
"""
