"""An example:

    import django
"""
from flask import (
    Flask,
)

import os, sqlite3
