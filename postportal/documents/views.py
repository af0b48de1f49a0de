"""The list of all public documents."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView

from postportal.documents.json_ld import document_json_ld
from postportal.documents.models import Document
from postportal.documents.public_uses import public_documents
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.pagination import PaginationMixin
from postportal.web.request_time import request_time


class DocumentList(PaginationMixin, ListView):
    template_name = "documents/document_list.html"
    context_object_name = "documents"
    http_method_names = ["get", "head", "options"]
    request: HttpRequest

    def get_queryset(self) -> QuerySet[Document]:
        rows = public_documents(request_time(self.request))
        return rows.order_by("-uploaded_at", "-pk").defer("text")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        trail = [(_("Documents"), reverse("documents"))]
        documents = [document_json_ld(self.request, document) for document in context["documents"]]
        return {**context, "trail": [], "json_ld_data": [breadcrumb_json_ld(self.request, trail), *documents]}
