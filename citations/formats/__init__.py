"""Reference lists in other programs' formats: CSL-JSON, RIS, BibTeX, and Vancouver for the eye. Nothing here touches a network.

Use `files.read` and `files.write`, `converting.convert`, `vancouver.render`, and `details` for what is known about a reference; the rest is
theirs.
"""
