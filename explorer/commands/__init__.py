"""What the `edgewise` command reads, answers and writes; `explorer.command` is its door."""
