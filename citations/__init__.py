"""What an edge rests on: evidence, the audit of citation links, the ledger of sign-offs, look-ups, reference formats, articles."""
