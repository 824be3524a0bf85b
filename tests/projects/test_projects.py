"""Every generated project is sound from its first minute, and keeps the contract when it is served."""

import os
import re
import subprocess
import sys

from tests.projects.project import ROOT, SECRET_KEY, Project

ORIGIN = "https://app.example.com"
DISABLE = f"{sys.executable} -m tests.projects.disable_user"


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
    project.make("migrate")
    settings = {
        "RATE_LIMIT_DEFAULT": "off",
        "RATE_LIMIT_AUTH": "off",
        "DOCS_ENABLED": "true",
        "CORS_ORIGINS": ORIGIN,
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    with project.served(**settings) as base:
        contract(
            project,
            base,
            *("--secret-key", SECRET_KEY),
            *("--cors-origin", ORIGIN),
            *("--trusted-proxy", "yes"),
            *("--disable-command", f"{DISABLE} {project.database_url} {{email}}"),
            *("-m", "not limits"),
        )


def test_the_contract_of_rate_limits(project: Project) -> None:
    project.make("migrate")
    limits = {"RATE_LIMIT_DEFAULT": "40/minute", "RATE_LIMIT_AUTH": "6/minute"}
    with project.served(**limits) as base:
        contract(
            project,
            base,
            *("--rate-limit-default", limits["RATE_LIMIT_DEFAULT"]),
            *("--rate-limit-auth", limits["RATE_LIMIT_AUTH"]),
            *("-m", "limits"),
        )


def contract(project: Project, base: str, *options: str) -> None:
    """Runs the suite in a process of its own, as anybody may against any service."""
    command = [
        *(sys.executable, "-m", "tests.contract", "--base-url", base, "--spec", str(project.spec)),
        *("--admin-command", f"make -C {project.root} admin EMAIL={{email}} PASSWORD={{password}}"),
        *options,
    ]
    env = {**os.environ, **project.env}
    done = subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
