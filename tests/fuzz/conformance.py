"""Schemathesis against a served project: what is there to ask for, and who asks."""

import json
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import httpx2

from tests.contract.client import Journal
from tests.contract.domain import load_service
from tests.contract.options import Options
from tests.contract.tokens import parts, sign
from tests.contract.world import World
from tests.fuzz.environment import installed
from tests.projects.project import SECRET_KEY, Project

VERSION = "4.32.5"
SERVED = {"RATE_LIMIT_DEFAULT": "off", "RATE_LIMIT_AUTH": "off"}
"""The limits of its own have tests of their own; here they would answer for everything else."""
HERE = Path(__file__).parent
DAY = 24 * 60 * 60


def schemathesis() -> Path:
    """The command, in an environment of its own: it needs versions that are not ours."""
    return installed("schemathesis", [f"schemathesis=={VERSION}"]) / "bin/st"


def findings(project: Project, role: str, *options: str) -> str:
    """What Schemathesis says of the project as it is served, asking as `role`; empty where all is well."""
    with project.served(**SERVED) as base, httpx2.Client(base_url=base, timeout=30) as http:
        world = World(load_service(project.spec), options_of(project, base), http, Journal())
        command: list[str | Path] = [
            *(schemathesis(), "--no-color", "--config-file", HERE / "schemathesis.toml"),
            *(
                "run",
                f"{base}/openapi.json",
                "--header",
                f"Authorization: Bearer {token(world, role)}",
            ),
            *options,
        ]
        env = {**project.env, "KNOWN_ROWS": json.dumps(known_rows(world)), "PYTHONPATH": str(HERE)}
        done = subprocess.run(
            command, cwd=project.root.parent, env=env, text=True, capture_output=True, check=False
        )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def options_of(project: Project, base: str) -> Options:
    """Those of the contract suite that making rows asks for."""
    words: Mapping[str, Any] = {each.name: None for each in fields(Options)}
    settings = f"DATABASE_URL={shlex.quote(project.database_url)} SECRET_KEY={SECRET_KEY}"
    admin = f"{settings} make -C {project.root} admin EMAIL={{email}} PASSWORD={{password}}"
    return Options(**{**words, "base_url": base, "spec": project.spec, "admin_command": admin})


def token(world: World, role: str) -> str:
    """It lasts a day: a run takes longer than the quarter of an hour that one from a login does."""
    person = world.admin if role == "admin" else world.user
    header, claims = parts(str(person.api.token))
    lasting = {**claims, "exp": claims["exp"] + DAY}
    return sign(header, lasting, SECRET_KEY.encode(), "sha256")


def known_rows(world: World) -> Mapping[str, Any]:
    """A row of each resource, and the references that another of it could have; see hooks.py."""
    known: dict[str, Any] = {"ids": {}, "bodies": {}}
    for resource in world.service.resources:
        known["ids"][resource.path] = world.shared(resource)["id"]
        references = [field for field in resource.writable if field.target]
        known["bodies"][resource.path] = {
            field.key: world.target(field)["id"] for field in references
        }
    return known
