from django.urls import path

from app.users.views import LogIn, LogOut, Me, Password, Refresh, Register

urlpatterns = [
    path("auth/register", Register.as_view()),
    path("auth/login", LogIn.as_view()),
    path("auth/refresh", Refresh.as_view()),
    path("auth/logout", LogOut.as_view()),
    path("auth/me", Me.as_view()),
    path("auth/password", Password.as_view()),
]
