import fastapi as web
