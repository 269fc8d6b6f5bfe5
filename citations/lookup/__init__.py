"""What the public registries of publications (Crossref, PubMed) and the web say. Only `fetch` and `web_links` send anything."""
