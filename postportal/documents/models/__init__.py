from postportal.documents.models.attachment import Attachment
from postportal.documents.models.document import Document
from postportal.documents.models.document_file import DocumentFile

__all__ = ["Attachment", "Document", "DocumentFile"]
