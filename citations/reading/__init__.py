"""Reading articles: one module a format, and what they share: markers, reference lists, sentences, places.

Use `article`: `read_article`, `payload`, `draft`; `fingerprint` for what is kept of a sentence; the rest is theirs.
"""
