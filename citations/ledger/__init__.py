"""Editors' verdicts on citations: append-only, chained, expiring when what was seen changes.

Use `store.open_ledger`, then `signoffs` to sign, withdraw and tell what stands; `json_lines` and `triples` take a ledger out (and in).
"""
