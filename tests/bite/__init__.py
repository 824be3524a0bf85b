"""Do the tests of a generated project bite? Its code is broken, one way at a time, and they must go red.

    python -m tests.bite --framework fastapi

A framework has one file with the table of its breakages, and a line here.
"""

from tests.bite import django, express, fastapi, flask

TABLES = {
    "fastapi": fastapi.TABLE,
    "flask": flask.TABLE,
    "django": django.TABLE,
    "express": express.TABLE,
}
