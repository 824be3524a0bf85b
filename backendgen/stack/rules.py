"""What each clue means, as one table; adding a framework or a tool is adding a row.

A clue is written as its sort and its name. A `~` before it: a hint, which counts where nothing
else is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PYTHON = "python"
NODE = "node"
LANGUAGES = {PYTHON: "Python", NODE: "Node"}


@dataclass(frozen=True)
class Kind:
    """A question that is answered of each service."""

    name: str
    title: str
    several: bool = False
    """Two of them at once do not contradict each other."""
    is_tool: bool = False
    """Developers have it: a dependency for development is as good as any."""
    is_shared: bool = False
    """What the directories around a service say holds for it, where its own says nothing."""


KINDS: Mapping[str, Kind] = {
    each.name: each
    for each in (
        Kind("framework", "Framework"),
        Kind("database", "Database", is_shared=True),
        Kind("orm", "ORM"),
        Kind("migrations", "Migrations"),
        Kind("packages", "Package manager", is_tool=True, is_shared=True),
        Kind("tests", "Test runner", is_tool=True, is_shared=True),
        Kind("linter", "Linter", several=True, is_tool=True, is_shared=True),
    )
}

STRENGTH: Mapping[str, int] = {
    "answer": 9,  # recorded by backendgen
    "field": 8,  # packageManager
    "engine": 7,  # a setting that names the database
    "url": 7,
    "image": 6,
    "env": 6,
    "file": 5,
    "script": 5,
    "generator": 5,
    "key": 5,
    "table": 4,
    "pypi": 4,
    "npm": 4,
    "literal": 4,  # a URL in code, often a fallback
    "hook": 4,
    "py": 2,
    "js": 2,
}
CONFIGURED = 7
"""From here on two clues that differ are a contradiction, which no weaker clue decides."""
HINT = 1
ASIDE = 0
"""What is for development or tests alone says nothing of the service."""
SORTS_OF = {"pypi": PYTHON, "py": PYTHON, "npm": NODE, "js": NODE, "field": NODE, "key": NODE}
"""The sorts of clue that are of one language alone."""


@dataclass(frozen=True)
class Row:
    kind: str
    language: str
    """Empty: of either."""
    name: str
    title: str
    clues: tuple[str, ...]
    over: tuple[str, ...] = ()
    """What it is built upon, and so brings along."""


def _row(kind: str, language: str, name: str, title: str, clues: str, over: str = "") -> Row:
    return Row(kind, language, name, title, tuple(clues.split()), tuple(over.split()))


ROWS: tuple[Row, ...] = (
    _row(
        "framework",
        PYTHON,
        "fastapi",
        "FastAPI",
        "answer:fastapi pypi:fastapi pypi:fastapi-slim py:fastapi",
        "starlette",
    ),
    _row(
        "framework",
        PYTHON,
        "django",
        "Django",
        "answer:django pypi:django py:django file:manage.py",
    ),
    _row(
        "framework",
        PYTHON,
        "flask",
        "Flask",
        "answer:flask pypi:flask pypi:apiflask py:flask py:apiflask",
    ),
    _row("framework", NODE, "express", "Express", "answer:express npm:express js:express"),
    _row("framework", PYTHON, "litestar", "Litestar", "pypi:litestar py:litestar"),
    _row("framework", PYTHON, "starlette", "Starlette", "pypi:starlette py:starlette"),
    _row("framework", PYTHON, "sanic", "Sanic", "pypi:sanic py:sanic"),
    _row("framework", PYTHON, "quart", "Quart", "pypi:quart py:quart", "flask"),
    _row("framework", PYTHON, "falcon", "Falcon", "pypi:falcon py:falcon"),
    _row("framework", PYTHON, "aiohttp", "aiohttp", "py:aiohttp.web"),
    _row("framework", PYTHON, "tornado", "Tornado", "pypi:tornado py:tornado.web"),
    _row("framework", PYTHON, "pyramid", "Pyramid", "pypi:pyramid py:pyramid"),
    _row("framework", PYTHON, "bottle", "Bottle", "pypi:bottle py:bottle"),
    _row(
        "framework",
        NODE,
        "nestjs",
        "NestJS",
        "npm:@nestjs/core js:@nestjs/core file:nest-cli.json",
        "express fastify",
    ),
    _row("framework", NODE, "fastify", "Fastify", "npm:fastify js:fastify"),
    _row("framework", NODE, "koa", "Koa", "npm:koa js:koa"),
    _row("framework", NODE, "hono", "Hono", "npm:hono js:hono"),
    _row("framework", NODE, "hapi", "hapi", "npm:@hapi/hapi js:@hapi/hapi"),
    _row("framework", NODE, "feathers", "Feathers", "npm:@feathersjs/feathers", "express koa"),
    _row("framework", NODE, "adonisjs", "AdonisJS", "npm:@adonisjs/core file:adonisrc.ts"),
    _row("framework", NODE, "strapi", "Strapi", "npm:@strapi/strapi", "koa"),
    _row("framework", NODE, "elysia", "Elysia", "npm:elysia js:elysia"),
    _row("framework", NODE, "nextjs", "Next.js", "npm:next file:next.config.*"),
    _row("framework", NODE, "nuxt", "Nuxt", "npm:nuxt file:nuxt.config.*"),
    _row("framework", NODE, "sveltekit", "SvelteKit", "npm:@sveltejs/kit"),
    _row(
        "database",
        "",
        "sqlite",
        "SQLite",
        """
        answer:sqlite engine:sqlite engine:sqlite3 engine:spatialite engine:libsql
        engine:better-sqlite3 engine:turso url:sqlite url:sqlite3 url:spatialite url:libsql
        url:file literal:sqlite literal:sqlite3 literal:libsql pypi:aiosqlite npm:sqlite3
        npm:better-sqlite3 npm:@libsql/client npm:@prisma/adapter-libsql
        npm:@prisma/adapter-better-sqlite3 py:sqlite3 py:aiosqlite js:node:sqlite
        js:better-sqlite3
        """,
    ),
    _row(
        "database",
        "",
        "postgresql",
        "PostgreSQL",
        """
        answer:postgresql engine:postgresql engine:postgres engine:pg engine:pgsql engine:postgis engine:psql
        engine:psycopg2 engine:asyncpg url:postgresql url:postgres url:postgis url:psql url:pgsql
        url:timescale url:timescalegis literal:postgresql literal:postgres image:postgres
        image:postgresql image:postgis image:pgvector image:timescaledb image:timescaledb-ha
        env:POSTGRES env:POSTGRESQL env:PG pypi:psycopg pypi:psycopg2 pypi:psycopg2-binary
        pypi:psycopg-binary pypi:asyncpg pypi:aiopg pypi:pg8000 npm:pg npm:pg-promise npm:postgres
        npm:@prisma/adapter-pg npm:@neondatabase/serverless npm:@vercel/postgres py:psycopg
        py:psycopg2 py:asyncpg js:pg js:postgres
        """,
    ),
    _row(
        "database",
        "",
        "mysql",
        "MySQL or MariaDB",
        """
        answer:mysql engine:mysql engine:mysql2 engine:mariadb url:mysql url:mysql2 url:mysqlgis
        url:mariadb literal:mysql literal:mysql2 literal:mariadb image:mysql image:mysql-server
        image:mariadb image:percona env:MYSQL env:MARIADB pypi:pymysql pypi:mysqlclient
        pypi:aiomysql pypi:asyncmy pypi:mysql-connector-python pypi:mariadb npm:mysql npm:mysql2
        npm:mariadb npm:@prisma/adapter-mariadb npm:@planetscale/database py:pymysql py:MySQLdb
        py:aiomysql py:asyncmy js:mysql2 js:mysql
        """,
    ),
    _row(
        "database",
        "",
        "supabase",
        "Supabase",
        """
        answer:supabase url:supabase literal:supabase image:supabase env:SUPABASE
        file:supabase/config.toml pypi:supabase npm:@supabase/supabase-js npm:@supabase/ssr
        npm:@supabase/server py:supabase js:@supabase/supabase-js
        """,
        "postgresql",
    ),
    _row(
        "database",
        "",
        "mongodb",
        "MongoDB",
        """
        engine:mongodb url:mongodb literal:mongodb image:mongo image:mongodb
        image:mongodb-community-server env:MONGO env:MONGODB pypi:pymongo pypi:motor pypi:beanie
        pypi:mongoengine npm:mongodb npm:mongoose py:pymongo py:motor js:mongodb js:mongoose
        """,
    ),
    _row(
        "database",
        "",
        "mssql",
        "SQL Server",
        """
        engine:mssql engine:sqlserver url:mssql url:sqlserver literal:mssql literal:sqlserver
        image:azure-sql-edge ~pypi:pyodbc pypi:pymssql pypi:mssql-django npm:mssql npm:tedious
        """,
    ),
    _row(
        "database",
        "",
        "oracle",
        "Oracle",
        "engine:oracle url:oracle literal:oracle pypi:oracledb pypi:cx-oracle npm:oracledb",
    ),
    _row(
        "database",
        "",
        "cockroachdb",
        "CockroachDB",
        """
        engine:cockroachdb url:cockroachdb url:cockroach literal:cockroachdb image:cockroach
        pypi:django-cockroachdb pypi:sqlalchemy-cockroachdb
        """,
        "postgresql",
    ),
    _row(
        "orm",
        PYTHON,
        "sqlalchemy",
        "SQLAlchemy",
        """
        pypi:sqlalchemy pypi:flask-sqlalchemy pypi:advanced-alchemy py:sqlalchemy
        py:flask_sqlalchemy
        """,
    ),
    _row("orm", PYTHON, "sqlmodel", "SQLModel", "pypi:sqlmodel py:sqlmodel", "sqlalchemy"),
    _row(
        "orm",
        PYTHON,
        "django",
        "Django ORM",
        "py:django.db ~pypi:django",
    ),
    _row("orm", PYTHON, "tortoise", "Tortoise ORM", "pypi:tortoise-orm py:tortoise"),
    _row("orm", PYTHON, "peewee", "Peewee", "pypi:peewee py:peewee"),
    _row("orm", PYTHON, "pony", "Pony ORM", "pypi:pony py:pony"),
    _row("orm", PYTHON, "ormar", "ormar", "pypi:ormar py:ormar", "sqlalchemy"),
    _row("orm", PYTHON, "piccolo", "Piccolo", "pypi:piccolo py:piccolo"),
    _row("orm", PYTHON, "beanie", "Beanie", "pypi:beanie py:beanie"),
    _row(
        "orm",
        PYTHON,
        "mongoengine",
        "MongoEngine",
        "pypi:mongoengine pypi:flask-mongoengine py:mongoengine",
    ),
    _row(
        "orm",
        PYTHON,
        "prisma",
        "Prisma Client Python",
        "pypi:prisma py:prisma generator:prisma-client-py",
    ),
    _row(
        "orm",
        NODE,
        "prisma",
        "Prisma",
        """
        npm:@prisma/client js:@prisma/client generator:prisma-client-js generator:prisma-client
        ~npm:prisma
        """,
    ),
    _row("orm", NODE, "typeorm", "TypeORM", "npm:typeorm js:typeorm"),
    _row("orm", NODE, "drizzle", "Drizzle", "npm:drizzle-orm js:drizzle-orm file:drizzle.config.*"),
    _row(
        "orm",
        NODE,
        "sequelize",
        "Sequelize",
        "npm:sequelize npm:sequelize-typescript js:sequelize",
    ),
    _row("orm", NODE, "mongoose", "Mongoose", "npm:mongoose js:mongoose"),
    _row("orm", NODE, "mikro-orm", "MikroORM", "npm:@mikro-orm/core js:@mikro-orm/core", "knex"),
    _row("orm", NODE, "objection", "Objection", "npm:objection js:objection", "knex"),
    _row("orm", NODE, "bookshelf", "Bookshelf", "npm:bookshelf js:bookshelf", "knex"),
    _row("orm", NODE, "knex", "Knex", "npm:knex js:knex"),
    _row("orm", NODE, "kysely", "Kysely", "npm:kysely js:kysely"),
    _row(
        "migrations",
        PYTHON,
        "alembic",
        "Alembic",
        "file:alembic.ini pypi:alembic pypi:flask-migrate py:alembic py:flask_migrate",
    ),
    _row(
        "migrations",
        PYTHON,
        "django",
        "Django migrations",
        "file:migrations/0001_*.py py:django.db.migrations ~pypi:django ~file:manage.py",
    ),
    _row("migrations", PYTHON, "aerich", "Aerich", "pypi:aerich table:aerich"),
    _row("migrations", PYTHON, "yoyo", "yoyo", "pypi:yoyo-migrations file:yoyo.ini"),
    _row(
        "migrations",
        NODE,
        "prisma",
        "Prisma Migrate",
        """
        file:prisma/migrations/*/migration.sql file:migrations/migration_lock.toml ~npm:prisma
        ~npm:@prisma/client
        """,
    ),
    _row("migrations", NODE, "drizzle", "drizzle-kit", "npm:drizzle-kit file:drizzle.config.*"),
    _row("migrations", NODE, "knex", "Knex migrations", "file:knexfile.* ~npm:knex"),
    _row(
        "migrations",
        NODE,
        "sequelize",
        "sequelize-cli",
        "npm:sequelize-cli npm:umzug file:.sequelizerc",
    ),
    _row(
        "migrations",
        NODE,
        "typeorm",
        "TypeORM migrations",
        "script:typeorm script:typeorm-ts-node-commonjs ~npm:typeorm",
    ),
    _row("migrations", NODE, "mikro-orm", "MikroORM migrations", "npm:@mikro-orm/migrations"),
    _row("migrations", NODE, "node-pg-migrate", "node-pg-migrate", "npm:node-pg-migrate"),
    _row("migrations", "", "supabase", "Supabase migrations", "file:supabase/migrations/*.sql"),
    _row("packages", PYTHON, "uv", "uv", "file:uv.lock table:uv"),
    _row("packages", PYTHON, "poetry", "Poetry", "file:poetry.lock table:poetry"),
    _row("packages", PYTHON, "pdm", "PDM", "file:pdm.lock table:pdm"),
    _row("packages", PYTHON, "pipenv", "Pipenv", "file:Pipfile.lock file:Pipfile"),
    _row("packages", PYTHON, "pip-tools", "pip-tools", "file:requirements*.in table:pip-tools"),
    _row("packages", PYTHON, "pixi", "pixi", "file:pixi.lock file:pixi.toml table:pixi"),
    _row(
        "packages",
        PYTHON,
        "conda",
        "conda",
        "file:environment.yml file:environment.yaml file:conda-lock.yml",
    ),
    _row(
        "packages",
        PYTHON,
        "pip",
        "pip",
        "~file:requirements*.txt ~file:requirements/*.txt ~file:setup.py",
    ),
    _row(
        "packages",
        NODE,
        "npm",
        "npm",
        "field:npm file:package-lock.json file:npm-shrinkwrap.json",
    ),
    _row(
        "packages",
        NODE,
        "pnpm",
        "pnpm",
        "field:pnpm file:pnpm-lock.yaml file:pnpm-workspace.yaml",
    ),
    _row("packages", NODE, "yarn", "Yarn", "field:yarn file:yarn.lock file:.yarnrc.yml"),
    _row("packages", NODE, "bun", "Bun", "field:bun file:bun.lock file:bun.lockb"),
    _row(
        "tests",
        PYTHON,
        "pytest",
        "pytest",
        """
        table:pytest table:tool:pytest file:pytest.ini file:conftest.py pypi:pytest
        pypi:pytest-django pypi:pytest-asyncio pypi:pytest-cov py:pytest
        """,
    ),
    _row(
        "tests",
        PYTHON,
        "unittest",
        "unittest",
        "py:unittest.* py:unittest.TestCase py:unittest.IsolatedAsyncioTestCase py:django.test",
    ),
    _row("tests", PYTHON, "nose", "nose", "pypi:nose pypi:nose2"),
    _row(
        "tests",
        NODE,
        "vitest",
        "Vitest",
        "script:vitest npm:vitest file:vitest.config.* js:vitest",
    ),
    _row(
        "tests",
        NODE,
        "jest",
        "Jest",
        "script:jest npm:jest npm:ts-jest file:jest.config.* key:jest js:@jest/globals",
    ),
    _row("tests", NODE, "mocha", "Mocha", "script:mocha npm:mocha file:.mocharc.* key:mocha"),
    _row("tests", NODE, "node:test", "node:test", "script:node_--test js:node:test"),
    _row("tests", NODE, "ava", "AVA", "script:ava npm:ava key:ava"),
    _row("tests", NODE, "tap", "tap", "script:tap npm:tap"),
    _row("tests", NODE, "bun", "bun test", "script:bun_test js:bun:test"),
    _row(
        "linter",
        PYTHON,
        "ruff",
        "Ruff",
        "table:ruff file:ruff.toml file:.ruff.toml pypi:ruff hook:ruff hook:ruff-check",
    ),
    _row("linter", PYTHON, "flake8", "Flake8", "table:flake8 file:.flake8 pypi:flake8 hook:flake8"),
    _row(
        "linter",
        PYTHON,
        "pylint",
        "Pylint",
        "table:pylint file:.pylintrc file:pylintrc pypi:pylint hook:pylint",
    ),
    _row(
        "linter",
        NODE,
        "eslint",
        "ESLint",
        "file:.eslintrc* file:eslint.config.* key:eslintConfig npm:eslint script:eslint",
    ),
    _row(
        "linter",
        NODE,
        "biome",
        "Biome",
        "file:biome.json file:biome.jsonc npm:@biomejs/biome script:biome",
    ),
    _row("linter", NODE, "oxlint", "oxlint", "file:.oxlintrc.json npm:oxlint script:oxlint"),
    _row("linter", NODE, "standard", "standard", "npm:standard script:standard"),
    _row("linter", NODE, "xo", "XO", "npm:xo script:xo"),
    _row("linter", NODE, "tslint", "TSLint", "file:tslint.json npm:tslint"),
)
