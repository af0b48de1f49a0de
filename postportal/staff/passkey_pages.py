"""Pages on which people add and remove their passkeys, and the questions that browsers fetch for authenticators."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from postportal.staff import passkeys, second_factor
from postportal.staff.account_names import own_account
from postportal.staff.confirmation import checked_form, confirm_first, confirm_page, page
from postportal.staff.login_sessions import is_fresh
from postportal.staff.login_steps import PASSKEY_NAME_HELP, user_of_note
from postportal.staff.models import Passkey
from postportal.staff.passkey_settings import offers_passkeys
from postportal.staff.second_factor_page import codes_or_account, needed_text
from postportal.staff.ways_in import remove_passkey
from postportal.web.private_responses import make_private
from postportal.web.site_url import site_origin


class PasskeyForm(forms.ModelForm):
    class Meta:
        model = Passkey
        fields = ("name",)
        help_texts = {"name": PASSKEY_NAME_HELP}


def passkey_urls(site: Any) -> list[URLPattern]:
    return [
        # Without a login: it is for people who log in.
        path("passkey/question/", question_view, name="passkey_question"),
        path("account/passkeys/add/", site.admin_view(partial(add_passkey_view, admin_site=site)), name="add_passkey"),
        path("account/passkeys/question/", site.admin_view(new_question_view), name="new_passkey_question"),
        path(
            "account/passkeys/<int:pk>/remove/",
            site.admin_view(partial(remove_passkey_view, admin_site=site)),
            name="remove_passkey",
        ),
    ]


@require_POST
def question_view(request: HttpRequest) -> HttpResponse:
    """Answer with what an authenticator has to sign: for the second step of a login, for a person who is logged in, or
    for whoever wants to log in. Only the first two learn which passkeys there are. Whoever has to set up a second
    factor in the second step gets what makes a new passkey."""
    if not offers_passkeys(request):
        raise Http404
    if note := request.POST.get("passed"):
        user: Any = user_of_note(note)
        if user is None:
            raise PermissionDenied
        if not second_factor.has_second_factor(user):
            return _new_question(user, request)
        return _question(passkeys.ask(passkeys.SECOND_STEP, user=user))
    if request.user.is_authenticated:
        return _question(passkeys.ask(passkeys.CONFIRMATION, user=request.user))
    return _question(passkeys.ask(passkeys.LOGIN))


@require_POST
def new_question_view(request: HttpRequest) -> HttpResponse:
    """Answer with what the authenticator needs to make a new passkey."""
    if not offers_passkeys(request) or not is_fresh(request):
        raise PermissionDenied
    return _new_question(own_account(request), request)


@sensitive_post_parameters("password")
def add_passkey_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Add a passkey. Whoever only has the open browser could log in with it for good, so it asks who is there first."""
    user = own_account(request)
    if not offers_passkeys(request):
        raise Http404
    if user.passkeys.count() >= passkeys.MAX_PASSKEYS:
        messages.error(request, _("You have too many passkeys. Remove one first."))
        return HttpResponseRedirect(reverse("admin:account"))
    if not is_fresh(request):
        return confirm_first(request, user, url=reverse("admin:add_passkey"), admin_site=admin_site)
    form = PasskeyForm(request.POST if "name" in request.POST else None)
    if form.is_bound and form.is_valid():
        answer, note = request.POST.get("passkey", ""), request.POST.get("passkey_note", "")
        if passkeys.add_passkey(user, name=form.cleaned_data["name"], answer=answer, note=note):
            messages.success(request, _("The passkey was added."))
            return codes_or_account(request, user, admin_site=admin_site)
        form.add_error(None, _("The passkey could not be added. Try again."))
    title, template = _("Add a passkey"), "admin/two_factor/add_passkey.html"
    return page(request, template, title=title, admin_site=admin_site, context={"form": form})


def remove_passkey_view(request: HttpRequest, pk: int, admin_site: Any) -> HttpResponse:
    """Remove a passkey with a code, or with a passkey."""
    user = own_account(request)
    passkey = user.passkeys.filter(pk=pk).first()
    if passkey is None:
        raise Http404
    form = checked_form(request, user)
    if form.is_bound and form.is_valid():
        if needed := remove_passkey(passkey):
            messages.error(request, needed_text(needed))
        else:
            messages.success(request, _("The passkey “%(name)s” was removed.") % {"name": passkey.name})
        return HttpResponseRedirect(reverse("admin:account"))
    title = _("Remove passkey “%(name)s”") % {"name": passkey.name}
    return confirm_page(request, user, form=form, title=title, admin_site=admin_site)


def _new_question(user: Any, request: HttpRequest) -> HttpResponse:
    return _question(passkeys.ask_for_new(user, site_name=site_origin(request).partition("://")[2]))


def _question(question: passkeys.Question) -> HttpResponse:
    response = JsonResponse({"options": question.options, "note": question.note})
    make_private(response)
    return response
