"""Reading articles: one module a format, and what they share: markers, references, sentences, places."""
