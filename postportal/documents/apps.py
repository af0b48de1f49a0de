from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "postportal.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from postportal.documents import references  # noqa: F401 - registers what texts show of documents
        from postportal.documents.withdrawn_documents import hide_documents
        from postportal.publishing.visibility import register_picture_filter

        register_picture_filter(hide_documents)
