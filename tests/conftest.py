"""For all tests: the import name has to lead to the folders, a run has to run something, and hypothesis asserts no time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("edgewise", deadline=None)  # it says more about the machine's other work than about ours
settings.load_profile("edgewise")

NAME = Path(__file__).parents[1] / "src" / "edgewise"
FOLDERS = ("ontology", "graph", "citations", "explorer", "guidelines")


def broken_links(name: Path = NAME) -> list[str]:
    """The folders to which the import name does not lead, as where Git was told to write no links."""
    return [folder for folder in FOLDERS if not (name / folder).is_dir()]


def pytest_configure() -> None:
    if broken := broken_links():
        raise pytest.UsageError(
            f"{NAME} has no links to {', '.join(broken)}, so `edgewise` cannot be imported. "
            f"Run `git config core.symlinks true` (on Windows with developer mode on), then `git checkout -- src/edgewise`."
        )


class Executed:
    """Counts the tests that were really run: a run that skips everything proves nothing, and may not end as if it had."""

    def __init__(self) -> None:
        self.skipped, self.run = 0, 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.skipped += report.skipped
        self.run += report.when == "call" and not report.skipped

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and not self.run and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped and not self.run:
            terminalreporter.write_line("NOTHING WAS TESTED: every test was skipped", red=True)


def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):  # not in the processes that only do a part
        session.config.pluginmanager.register(Executed(), "executed")
