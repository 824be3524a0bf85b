import sqlite3

import pytest
