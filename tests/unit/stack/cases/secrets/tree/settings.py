DATABASES = {"default": dj_database_url.config(default="postgres://u:sekret@localhost/shop")}
