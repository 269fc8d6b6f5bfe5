"""`python -m edgewise`, the same as the command `edgewise`."""

from edgewise.explorer.cli.command import main

main()
