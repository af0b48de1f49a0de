"""The page on which staff choose the time at which to view the site."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.models import Edition, Release
from postportal.publishing.previews.as_of import SESSION_KEY, can_look_ahead, parse_time
from postportal.publishing.workflow.publish_times import format_publish_time, suggest_publish_time
from postportal.staff.date_inputs import DateTimeLocalInput, time_zone_help
from postportal.web.date_fields import RangedDateTimeFormField

MAX_UPCOMING = 20


class AsOfForm(forms.Form):
    at = RangedDateTimeFormField(
        label=gettext_lazy("Date and time"),
        widget=DateTimeLocalInput,
        help_text=time_zone_help(gettext_lazy("You can include seconds.")),
    )

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise ValidationError(_("Choose a time in the future. Past versions of the site are not stored."))
        return at


def as_of_view(request: HttpRequest) -> HttpResponse:
    if "back" in request.POST:
        # Also for users who may no longer look ahead.
        request.session.pop(SESSION_KEY, None)
        return HttpResponseRedirect(_next_url(request))
    if not can_look_ahead(request.user):
        raise PermissionDenied
    form = AsOfForm(request.POST or None, initial={"at": timezone.localtime(_initial_time(request))})
    if request.method == "POST" and form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["at"].isoformat()
        return HttpResponseRedirect(_next_url(request))
    context = {
        **admin.site.each_context(request),
        "title": _("View the site at a future time"),
        "form": form,
        "next": request.POST.get("next", ""),
        "current_choice": _current_choice(request),
        "upcoming_publications": _upcoming_publications(),
    }
    return TemplateResponse(request, "admin/publishing/as_of.html", context)


def _initial_time(request: HttpRequest) -> Any:
    return parse_time(request.GET.get("at")) or suggest_publish_time(timezone.now())


def _next_url(request: HttpRequest) -> str:
    url, hosts = request.POST.get("next", ""), {request.get_host()}
    is_safe = url_has_allowed_host_and_scheme(url, allowed_hosts=hosts, require_https=request.is_secure())
    return url if url and is_safe else reverse("home")


def _current_choice(request: HttpRequest) -> str:
    at = parse_time(request.session.get(SESSION_KEY))
    return format_publish_time(at) if at and at > timezone.now() else ""


def _upcoming_publications() -> list[tuple[Any, str, list[str]]]:
    """Return the next publication times, each as a sentence, too, and with the names of what is published."""
    now = timezone.now()
    editions = Edition.objects.upcoming(now).prefetch_related("item")[:MAX_UPCOMING]
    upcoming: list[tuple[Any, str]] = [(edition.due_at, str(edition.item)) for edition in editions if edition.item]
    upcoming += [(release.due_at, release.name) for release in Release.objects.upcoming(now)[:MAX_UPCOMING]]
    names_by_time: dict[Any, list[str]] = {}
    for at, name in sorted(upcoming):
        names_by_time.setdefault(at, []).append(name)
    return [(at, format_publish_time(at), names) for at, names in names_by_time.items()]
