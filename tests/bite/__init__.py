"""Do the tests of a generated project bite? Its code is broken, one way at a time, and they must go red.

    python -m tests.bite --framework fastapi

The ways are rows of a table: one file per framework beside this one.
"""
