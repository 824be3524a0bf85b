"""Every generated project is sound from its first minute, and keeps the contract when it is served."""

import re

from tests.projects.contract import LIMITED, ORDINARY, Run, contract
from tests.projects.project import Project


def test_make_check_is_green(project: Project) -> None:
    printed = project.make("check")
    assert " passed" in printed
    assert not re.search(r"\d+ skipped", printed)


def test_migrations_run_up_and_down(project: Project) -> None:
    project.make("migrate")
    project.make("rollback")
    project.make("migrate")
    project.make("drift")


def test_the_contract(project: Project) -> None:
    keeps(project, ORDINARY)


def test_the_contract_of_rate_limits(project: Project) -> None:
    keeps(project, LIMITED)


def keeps(project: Project, run: Run) -> None:
    done = contract(project, run)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
