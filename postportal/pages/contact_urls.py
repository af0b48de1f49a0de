from django.urls import path

from postportal.pages.views import contact

app_name = "contact"
urlpatterns = [
    path("", contact.form, name="form"),
    path("sent/", contact.sent, name="sent"),
]
