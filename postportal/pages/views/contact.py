"""The contact form. What a reader has typed comes back with every answer but the last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from postportal.pages.forms import ContactForm, stamp
from postportal.web.rate_limits import is_within, sender
from postportal.web.request_time import moment

MESSAGES_AN_HOUR = 10


def form(request: HttpRequest) -> HttpResponse:
    at = moment(request)
    if request.method != "POST":
        return _shown(request, ContactForm(at=at, initial={"started": stamp(at)}))
    filled = ContactForm(request.POST, at=at)
    if not filled.is_valid():
        return _shown(request, filled, status=422)
    if not is_within(MESSAGES_AN_HOUR, what="contact", who=sender(request), seconds=3600):
        filled.add_error(None, _("Too many messages came from your network. Please send this one again in an hour"))
        return _shown(request, filled, status=429)
    message = filled.save(commit=False)
    message.language = get_language()
    message.save()
    return redirect("contact:sent")


def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact_sent.html", {"trail": [(_("Contact us"), reverse("contact:form"))]})


def _shown(request: HttpRequest, form: ContactForm, *, status: int = 200) -> HttpResponse:
    if form.is_bound:
        # The old stamp has told its age; the next try starts now.
        form.data = {**request.POST.dict(), "started": stamp(moment(request))}
    response = render(request, "pages/contact.html", {"form": form}, status=status)
    if status == 429:
        response.headers["Retry-After"] = "3600"
    return response
