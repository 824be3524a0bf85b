import fastapi
import sqlite3
