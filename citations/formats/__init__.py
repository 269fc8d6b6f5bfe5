"""Reference lists in other programs' formats; nothing here touches a network.

CSL-JSON, RIS and BibTeX are read and written, what PubMed, EndNote and Web of Science save is read, and Vancouver is for the eye.
Use `files.read` and `files.write`, `converting.convert`, `vancouver.render`, and `details` for what is known about a reference; the rest is
theirs.
"""
