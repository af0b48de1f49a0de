"""Documents of the demo, at the end of items and in a text."""

from django.core.files.base import ContentFile
from django.utils.html import format_html

from news.models import Article, ArticleDocument
from postportal.demo.content_files import ContentEntry, pick_fields, read_content
from postportal.demo.pdf_writer import write_pdf
from postportal.demo.run import LoadRun
from postportal.documents.models import Document
from postportal.pages.models import Page, PageDocument
from postportal.richtext.references import DOCUMENT, reference_to
from services.models import IssueDocument, StampIssue


def load_documents(run: LoadRun) -> None:
    """Add the documents that are missing, and put each new one where readers find it."""
    for entry in read_content("documents")["documents"]:
        file = ContentFile(write_pdf(entry["lines"]), name="document.pdf")
        fields = pick_fields(entry, "title_zh", "language") | {"file": file}
        document, is_new = run.get_or_create(Document, pick_fields(entry, "title"), fields)
        if is_new:
            _attach(document, entry)


def _attach(document: Document, entry: ContentEntry) -> None:
    if article := _find_article(entry, "article"):
        ArticleDocument.objects.create(article=article, document=document)
    if page := Page.objects.filter(path=entry.get("page", ""), language="en").first():
        PageDocument.objects.create(page=page, document=document)
    if issue := StampIssue.objects.filter(slug=entry.get("issue", "")).first():
        IssueDocument.objects.create(issue=issue, document=document)
    if linked := _find_article(entry, "linked_in"):
        url = reference_to(document.pk, scheme=DOCUMENT)
        linked.body += format_html('<p>{} <a href="{}">{}</a>.</p>', entry["link_text"], url, document.title)
        linked.save()


def _find_article(entry: ContentEntry, field: str) -> Article | None:
    return Article.objects.filter(external_id=f"demo-en-{entry[field]}").first() if field in entry else None
