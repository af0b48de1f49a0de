"""The page of one's own account: name, language, wanted emails, and where one is logged in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.staff import second_factor
from postportal.staff.account_names import own_account
from postportal.staff.login_sessions import log_out_elsewhere, login_sessions
from postportal.staff.models import Preferences
from postportal.staff.passkey_settings import offers_passkeys
from postportal.staff.time_zones import remember_zone
from postportal.web.personal_zone import zone_names
from postportal.web.private_responses import make_private


class NameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("first_name", "last_name")


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = Preferences
        fields = (
            *("language", "time_zone", "has_comment_mails", "has_review_mails", "has_assignment_mails"),
            "has_publication_mails",
        )
        labels = {
            "language": gettext_lazy("Language"),
            "time_zone": gettext_lazy("Time zone"),
            "has_comment_mails": gettext_lazy("Comments"),
            "has_review_mails": gettext_lazy("Submissions, returns and approvals"),
            "has_assignment_mails": gettext_lazy("Assignments and items handed over"),
            "has_publication_mails": gettext_lazy("Publications without review, and publications that failed"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("Language of the browser")),
            *settings.LANGUAGES,
        ]
        of_portal = _("Time zone of the portal (%(zone)s)") % {"zone": settings.TIME_ZONE}
        places = {*zone_names(), *filter(None, [self.instance.time_zone])}
        self.fields["time_zone"] = forms.ChoiceField(
            label=self.fields["time_zone"].label,
            help_text=self.fields["time_zone"].help_text,
            required=False,
            choices=[("", of_portal), *((name, name.replace("_", " ")) for name in sorted(places))],
        )


def account_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Show and save what people decide about their own account. Username, email address and roles are not among it:
    these are what administrators know people by."""
    user = own_account(request)
    preferences = Preferences.objects.filter(user=user).first() or Preferences(user=user)
    data = request.POST if request.method == "POST" else None
    name_form, preferences_form = NameForm(data, instance=user), PreferencesForm(data, instance=preferences)
    if data is not None and name_form.is_valid() and preferences_form.is_valid():
        with transaction.atomic():
            name_form.save()
            preferences_form.save()
        response: HttpResponse = HttpResponseRedirect(reverse("admin:account"))
        set_language_cookie(response, preferences.language)
        remember_zone(request)
        with translation.override(preferences.language or translation.get_language()):
            messages.success(request, _("Your account was saved."))
        return response
    context = {
        **admin_site.each_context(request),
        "title": _("Your account"),
        "name_form": name_form,
        "preferences_form": preferences_form,
        "account": user,
        "roles": ", ".join(user.groups.order_by("name").values_list("name", flat=True)),
        "has_app": second_factor.has_app(user),
        "passkeys": user.passkeys.all(),
        "can_add_passkey": offers_passkeys(request),
        "is_second_factor_required": second_factor.is_second_factor_required(user),
        "recovery_codes": second_factor.count_recovery_codes(user),
        "external_logins": user.external_logins.order_by("linked_at"),
        "sessions": login_sessions(request),
    }
    response = TemplateResponse(request, "admin/account.html", context)
    make_private(response)
    return response


@require_POST
def log_out_elsewhere_view(request: HttpRequest) -> HttpResponse:
    """End all other sessions of the user."""
    count = log_out_elsewhere(request)
    log_action(Action.LOGOUT, request=request, item=own_account(request), detail=f"elsewhere: {count}")
    text = ngettext(
        "You were logged out in %(count)s other browser.", "You were logged out in %(count)s other browsers.", count
    )
    messages.success(request, text % {"count": count} if count else _("You were not logged in anywhere else."))
    return HttpResponseRedirect(reverse("admin:account"))


def set_language_cookie(response: HttpResponse, language: str) -> None:
    """Show staff pages in the chosen language. Without a choice, the cookie of the language switch stays."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
