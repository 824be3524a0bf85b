from fastapi import FastAPI
from tortoise.contrib.fastapi import register_tortoise

URL = "mysql://root:root@localhost:3306/shop"
