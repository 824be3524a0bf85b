"""The service."""

from fastapi import FastAPI

app = FastAPI()
