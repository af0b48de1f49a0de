"""The contact form. A form with errors is shown again with everything the reader typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from postportal.pages.forms import ContactForm, is_open, sign_opening_time
from postportal.web.rate_limits import allow, client_network
from postportal.web.request_time import request_time

MAX_MESSAGES_PER_HOUR = 10


def contact_form(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    if request.method != "POST":
        return _render_form(request, ContactForm(at=at, initial={"started": sign_opening_time(at)}))
    form = ContactForm(request.POST, at=at)
    if not form.is_valid():
        return _render_form(request, form, status=422)
    if not allow(MAX_MESSAGES_PER_HOUR, action="contact", client=client_network(request), seconds=3600):
        form.add_error(None, _("Too many messages were sent from your network. Send this one again in an hour"))
        return _render_form(request, form, status=429)
    message = form.save(commit=False)
    message.language = get_language()
    message.save()
    return redirect("contact:sent")


def contact_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact_sent.html", {"trail": [(_("Contact us"), reverse("contact:form"))]})


def _render_form(request: HttpRequest, form: ContactForm, *, status: int = 200) -> HttpResponse:
    if form.is_bound:
        at, started = request_time(request), request.POST.get("started", "")
        # The time counts from the first page: whoever corrects one field is as fast as a robot.
        form.data = {**request.POST.dict(), "started": started if is_open(started, at=at) else sign_opening_time(at)}
    response = render(request, "pages/contact.html", {"form": form}, status=status)
    if status == 429:
        response.headers["Retry-After"] = "3600"
    return response
