"""What a guideline's citations are worth: what edges rest on, the audit, sign-offs, look-ups, articles read, reference lists exchanged.

`audit`, the catalogue of rules and its reports, stands above the others;
`evidence`, `ledger`, `lookup` and `reading` know nothing of one another; `formats` is what they share about references.
Nothing is imported here: import the module that you need.
"""
