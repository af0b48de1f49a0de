"""The chosen time zone of staff. It is in the session, so that no page has to ask for it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from postportal.staff.models import Preferences
from postportal.web.caching import has_session
from postportal.web.personal_zone import use_zone

SESSION_KEY = "time_zone"


class PersonalZoneMiddleware:
    """Answer requests of staff for staff pages in their own time zone, and all others in that of the portal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The cookie of the language has the same path: that of the staff side.
        if not request.path_info.startswith(settings.LANGUAGE_COOKIE_PATH) or not has_session(request):
            return self.get_response(request)
        with use_zone(str(request.session.get(SESSION_KEY) or "")):
            return self.get_response(request)


def remember_zone(request: HttpRequest) -> None:
    """Write the chosen time zone of the user into the session. To be called after a login and after a choice."""
    rows = Preferences.objects.filter(user=request.user.pk).values_list("time_zone", flat=True)
    request.session[SESSION_KEY] = rows.first() or ""
