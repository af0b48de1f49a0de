"""Links of accounts with OpenID providers: who sees and removes them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from postportal.staff.account_names import own_account
from postportal.staff.confirmation import confirm_first, page
from postportal.staff.login_sessions import is_fresh
from postportal.staff.openid_settings import openid
from postportal.staff.ways_in import remove_external_login


def external_login_urls(site: Any) -> list[URLPattern]:
    view = site.admin_view(partial(remove_own_view, admin_site=site))
    return [path("account/logins/<int:pk>/remove/", view, name="remove_external_login")]


@sensitive_post_parameters("password")
def remove_own_view(request: HttpRequest, pk: int, admin_site: Any) -> HttpResponse:
    """Remove a link of one's own account, after the person has proved to be there."""
    user = own_account(request)
    login = user.external_logins.filter(pk=pk).first()
    if login is None:
        raise Http404
    if not is_fresh(request):
        url = reverse("admin:remove_external_login", args=[pk])
        return confirm_first(request, user, url=url, admin_site=admin_site)
    name = login.provider_name
    # The form of the password, sent twice, is no answer to the question that follows it.
    if request.method == "POST" and "remove" in request.POST:
        if remove_external_login(login, request=request):
            messages.error(request, last_way_text())
        else:
            messages.success(request, _("Your account is no longer linked with %(name)s.") % {"name": name})
        return HttpResponseRedirect(reverse("admin:account"))
    title = _("Remove login with %(name)s") % {"name": name}
    context = {"name": name, "is_linked_again": openid.OPENID_LINK_BY_EMAIL}
    return page(request, "admin/remove_external_login.html", title=title, admin_site=admin_site, context=context)


def last_way_text() -> str:
    return _("This is the only way to log in to the account. Add a password or a passkey first.")
