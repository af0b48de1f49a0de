"""Common parts of the staff pages of exports and imports."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from postportal.interchange.registers import Register, register_named
from postportal.interchange.rights import can_export, can_import


def register_or_404(request: HttpRequest, name: str) -> Register:
    register = register_named(name)
    if register is None:
        raise Http404
    if not (can_export(request.user, register) or can_import(request.user, register)):
        raise PermissionDenied
    return register


def register_page(
    request: HttpRequest, register: Register, template: str, context: dict[str, Any], *, title: str, status: int
) -> HttpResponse:
    base = admin.site.each_context(request)
    context = {
        **base,
        **context,
        "title": title,
        "register": register,
        "opts": register.model._meta,
        "list_url": list_url(register),
    }
    return TemplateResponse(request, template, context, status=status)


def title_of(text: str, register: Register) -> str:
    return text % {"items": register.model._meta.verbose_name_plural}


def list_url(register: Register) -> str:
    opts = register.model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
