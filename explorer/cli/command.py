"""The `edgewise` command: a table of commands, each in the file of its name, which is loaded when it is called, so that help is quick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import cleandoc
from keyword import iskeyword
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from edgewise.explorer.cli.terminal import show, use_utf8

COMMANDS: dict[str, str] = {
    "explore": "Open a guideline in the browser.",
    "new": "Begin a guideline.",
    "import": "Make a guideline of somebody else's algorithm.",
    "check": "Find every fault in guidelines.",
    "fmt": "Lay the YAML of guidelines out alike.",
    "show": "Sum a guideline up.",
    "walk": "Walk a guideline with what is known of a patient.",
    "evidence": "Show what an edge or a step rests on.",
    "export": "Write a guideline as RDF or as a hand-out.",
    "why": "Say why a step is due, or why not.",
    "gaps": "Find what a guideline's algorithm leaves open.",
    "diff": "Tell which patients two versions lead elsewhere.",
    "audit": "Find every fault of citation links.",
    "rule": "Explain a rule of the audit.",
    "schema": "Write a JSON Schema for an editor.",
    "article": "Show what is read of an article's citations.",
    "resolve": "Look references up at Crossref and PubMed.",
    "read": "Read a cited text beside a statement.",
    "sign": "Sign citations off; show what is signed.",
    "impact": "Show what falls if references fall.",
    "references": "Write or read a reference list.",
    "load": "Load guidelines into a library.",
    "list": "List the guidelines of a library.",
    "remove": "Take a guideline out of a library.",
    "search": "Search a library by words.",
    "query": "Ask a library in SPARQL.",
}
"""Every command and what help says of it; the function is that of the same name in `edgewise.explorer.cli`'s file of that name.

Where the name is a word of Python's own, file and function bear it with an underscore behind it.
"""


class _Commands(Mapping[str, Any]):
    """The commands as typer wants them, each made when it is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _made(name, COMMANDS[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(TyperGroup):
    """All commands: help lists them from the table and loads none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = _Commands()  # type: ignore[assignment]  # typer only looks things up in it

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # typer's own signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _made(name: str, short: str) -> Any:
    """A command from the function of its name, which returns an exit code; its docstring is its help, with the examples line by line."""
    from edgewise.explorer.cli.exits import guarded

    python = f"{name}_" if iskeyword(name) else name
    function = getattr(import_module(f"edgewise.explorer.cli.{python}"), python)
    text = cleandoc(function.__doc__).replace("\nExamples:", "\n\b\nExamples:")  # \b: do not join these lines
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name, help=text, short_help=short)(guarded(function))
    return typer.main.get_command(alone)


app = typer.Typer(
    name="edgewise",
    cls=_Group,
    help="""Every step of a guideline, every edge between its steps, and the evidence behind each edge.

    GUIDELINE is the id of a guideline that comes with Edgewise, a folder that holds guideline.yaml, or a file.
    Exit codes: 0 clean, 1 something was found, 2 cannot continue. For education only.

    \b
    Example:
      edgewise explore sacroiliac-sclerosis
    """,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            show([f"edgewise {version('edgewise')}"])
        except PackageNotFoundError:
            show(["edgewise, not installed as a package"])
        raise typer.Exit


@app.callback()
def edgewise(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")] = False,
) -> None:
    """Hold the options that come before a command; the help is that of `app`."""


def main() -> None:
    """Run the command: the entry point of `edgewise`."""
    use_utf8()
    app(prog_name="edgewise")


if __name__ == "__main__":
    main()
