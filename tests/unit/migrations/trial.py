"""Answers from a few lines of a spec."""

from pathlib import Path

from backendgen.answers import Answers, answers
from backendgen.releases import Template
from backendgen.spec.loading import parse_spec

ROOT = Path(__file__).parents[3]
TEMPLATE = Template("0.0.0", ROOT)
TYPES = (ROOT / "templates/_shared/python/core/types.py.jinja").read_text()


def trial(resources: str = "{}", auth: str = "jwt") -> Answers:
    """`resources` as in a spec: YAML, in flow style or indented by two."""
    settings = f"name: trial\nframework: fastapi\ndatabase: sqlite\nauth: {auth}\n"
    return answers(parse_spec(f"{settings}resources: {resources}\n", "trial.yaml"))
