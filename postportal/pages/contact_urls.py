from django.urls import path

from postportal.pages.views import contact

app_name = "contact"
urlpatterns = [
    path("", contact.contact_form, name="form"),
    path("sent/", contact.contact_sent, name="sent"),
]
