"""The contract suite against a generated project that is served as in production."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from tests.projects.project import ROOT, SECRET_KEY, Project

ORIGIN = "https://app.example.com"
DISABLE = f"{sys.executable} -m tests.projects.disable_user"


@dataclass(frozen=True)
class Run:
    """A service's settings, and what the suite is told of them."""

    settings: Mapping[str, str]
    options: tuple[str, ...]


ORDINARY = Run(
    {
        "RATE_LIMIT_DEFAULT": "off",
        "RATE_LIMIT_AUTH": "off",
        "DOCS_ENABLED": "true",
        "CORS_ORIGINS": ORIGIN,
        "TRUSTED_PROXIES": "127.0.0.1",
    },
    (
        *("--secret-key", SECRET_KEY),
        *("--cors-origin", ORIGIN),
        *("--trusted-proxy", "yes"),
        *("-m", "not limits"),
    ),
)
LIMITED = Run(
    {"RATE_LIMIT_DEFAULT": "40/minute", "RATE_LIMIT_AUTH": "6/minute"},
    (
        *("--rate-limit-default", "40/minute"),
        *("--rate-limit-auth", "6/minute"),
        *("-m", "limits"),
    ),
)


def contract(project: Project, run: Run, *options: str) -> subprocess.CompletedProcess[str]:
    """Runs the suite in a process of its own, as anybody may against any service."""
    project.make("migrate")
    with project.served(**run.settings) as base:
        command = [
            *(sys.executable, "-m", "tests.contract"),
            *("--base-url", base, "--spec", str(project.spec)),
            *(
                "--admin-command",
                f"make -C {project.root} admin EMAIL={{email}} PASSWORD={{password}}",
            ),
            *("--disable-command", f"{DISABLE} {project.database_url} {{email}}"),
            *run.options,
            *options,
        ]
        env = {**os.environ, **project.env}
        return subprocess.run(
            command, cwd=ROOT, env=env, text=True, capture_output=True, check=False
        )
