"""Append the templates to releases/templates.bundle: python scripts/release.py 1.2.3."""

import sys

from backendgen.errors import BackendgenError
from backendgen.releases import release, shipped_bundle


def main(version: str) -> str | None:
    try:
        release(version)
    except BackendgenError as error:
        return error.message
    print(f"{version} is in {shipped_bundle()}; commit it, and tag the commit v{version}")
    return None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
