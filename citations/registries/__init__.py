"""What the public registries of publications (Crossref, PubMed) say: requests and answers as data. Only `fetch` sends anything."""
