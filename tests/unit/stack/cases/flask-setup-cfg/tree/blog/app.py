import flask

DATABASE = "sqlite:///blog.db"
