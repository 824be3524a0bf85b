from setuptools import setup

REQUIRED = [
    "Django>=4.2,<5",
    "mysqlclient",
]

setup(
    name="shop",
    install_requires=REQUIRED,
    extras_require={"test": ["pytest", "flask"]},
)
