from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "postportal.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from postportal.documents import references  # noqa: F401 - registers what texts show of documents
        from postportal.documents.models import Document
        from postportal.documents.public_uses import public_documents
        from postportal.documents.withdrawn_documents import hide_documents
        from postportal.images.public_uses import register_used_rows
        from postportal.publishing.visibility import register_picture_filter

        register_picture_filter(hide_documents)
        # Their poster frames.
        register_used_rows(Document, public_documents)
