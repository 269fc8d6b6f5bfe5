"""What the `edgewise` command reads, answers and writes; `edgewise.explorer.cli.command` is its door."""
