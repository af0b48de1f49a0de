"""Galleries, a film, a snippet, and links to an item and to a dead page in texts of the demo."""

import datetime as dt
from contextlib import ExitStack

from django.core.files.base import ContentFile
from django.utils.html import format_html, format_html_join

from news.models import Article
from postportal.demo.content_files import PICTURES_FOLDER, ContentEntry, pick_fields, read_content
from postportal.demo.film_writer import write_film
from postportal.demo.pictures import PictureLoader
from postportal.demo.run import LoadRun
from postportal.documents.models import Document
from postportal.images.models import Image
from postportal.pages.models import Snippet
from postportal.richtext.models import ExternalLink
from postportal.richtext.references import ARTICLE, DOCUMENT, reference_to
from postportal.richtext.snippets import SNIPPET


def gallery_of(entry: ContentEntry, pictures: PictureLoader) -> str:
    """Return the gallery of an article as HTML, "" if it has none."""
    rows = []
    for file in entry.get("gallery", []):
        image = pictures.images[file]
        rows.append((image.largest_url, image.alt, image.width, image.height, image.title))
    figure = '<figure><img src="{}" alt="{}" width="{}" height="{}"><figcaption>{}</figcaption></figure>'
    figures = format_html_join("", figure, rows)
    return format_html('<div class="gallery">{}<p>{}</p></div>', figures, entry["gallery_caption"]) if rows else ""


def load_media(run: LoadRun, pictures: PictureLoader) -> None:
    """Add the films and snippets that are missing, and put each new one into its article."""
    content = read_content("media")
    for entry in content["films"]:
        _add_film(run, entry, poster=pictures.image_for(entry, "poster"))
    for entry in content["external_links"]:
        fields = pick_fields(entry, "outcome", "status")
        fields["checked_at"] = run.now - dt.timedelta(days=entry["checked_days_ago"])
        if run.get_or_create(ExternalLink, pick_fields(entry, "url"), fields)[1]:
            _append(entry, entry["url"], words=entry["words"], before=entry["text"])
    for entry in content["snippets"]:
        key = pick_fields(entry, "title", "language")
        snippet, is_new = run.get_or_create(Snippet, key, pick_fields(entry, "text"))
        if is_new:
            _append(entry, reference_to(snippet.pk, scheme=SNIPPET), words=snippet.title)
            _link_item(entry)


def _add_film(run: LoadRun, entry: ContentEntry, *, poster: Image | None) -> None:
    with ExitStack() as files:
        frames = [files.enter_context((PICTURES_FOLDER / name).open("rb")) for name in entry["pictures"]]
        file = ContentFile(write_film(frames), name="film.webm")
    fields = pick_fields(entry, "title_zh", "language", "captions", "transcript") | {"file": file, "poster": poster}
    film, is_new = run.get_or_create(Document, pick_fields(entry, "title"), fields)
    if is_new:
        _append(entry, reference_to(film.pk, scheme=DOCUMENT), words=film.title)


def _link_item(entry: ContentEntry) -> None:
    if target := _article(entry["linked_article"]):
        _append(entry, reference_to(target.pk, scheme=ARTICLE), words=target.title, before=entry["link_text"])


def _append(entry: ContentEntry, url: str, *, words: str, before: str = "") -> None:
    """Add a paragraph with the link to the end of the article."""
    if article := _article(entry["article"]):
        article.body += format_html('<p>{}<a href="{}">{}</a></p>', f"{before} " if before else "", url, words)
        article.save()


def _article(slug: str) -> Article | None:
    return Article.objects.filter(external_id=f"demo-en-{slug}").first()
