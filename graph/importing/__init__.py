"""Other people's algorithms as guidelines: what a file says becomes steps and edges, what could not be read is named with its line."""
