"""Reference lists in other programs' formats: CSL-JSON, RIS, BibTeX, and Vancouver for the eye. Nothing here touches a network."""
