"""Writes the OpenAPI document: `make openapi`."""

import json
import sys
from pathlib import Path

from app.main import create_app


def main(path: str) -> None:
    document = json.dumps(create_app().spec, indent=2)
    Path(path).write_text(f"{document}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
