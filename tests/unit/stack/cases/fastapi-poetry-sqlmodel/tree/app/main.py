import sentry_sdk
from fastapi import FastAPI
