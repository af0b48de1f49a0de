"""A password for people who have none, because they log in with a passkey or with the account of their organization."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from postportal.staff.account_names import own_account
from postportal.staff.confirmation import confirm_first, page
from postportal.staff.login_sessions import is_fresh


def own_password_urls(site: Any) -> list[URLPattern]:
    view = site.admin_view(partial(own_password_view, admin_site=site))
    return [path("account/password/", view, name="own_password")]


@sensitive_post_parameters()
def own_password_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Choose the first password of one's own account, after the person has proved to be there: whoever only has the
    open browser could log in with it for good. Who has a password enters it to change it."""
    user = own_account(request)
    if user.has_usable_password():
        return HttpResponseRedirect(reverse("admin:password_change"))
    if not is_fresh(request):
        return confirm_first(request, user, url=reverse("admin:own_password"), admin_site=admin_site)
    # The answer to the question before, sent twice, chooses nothing.
    form = SetPasswordForm(user, request.POST if "new_password1" in request.POST else None)
    if form.is_valid():
        form.save()
        # Sessions from before end, as after every change of a password, but not this one.
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password was saved."))
        return HttpResponseRedirect(reverse("admin:account"))
    context = {"form": form}
    return page(
        request, "admin/own_password.html", title=_("Choose a password"), admin_site=admin_site, context=context
    )
