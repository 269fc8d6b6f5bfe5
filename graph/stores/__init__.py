"""Libraries: many guidelines in one place, named by a URL. A folder, a database on disk (`oxigraph:`), or a SPARQL server (`http:`)."""
