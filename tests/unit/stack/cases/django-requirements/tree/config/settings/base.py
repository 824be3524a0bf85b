import environ

env = environ.Env()

NAME = "sqlite:///not-here"
DATABASES = {
    "default": env.db("DATABASE_URL", default="postgres:///shop"),
}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
