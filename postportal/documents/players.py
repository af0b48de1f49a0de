"""Players of recordings in texts, with poster frame, captions and transcript. They load nothing before they are played
but the poster frame and the length of the recording, and nothing from other sites."""

from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from postportal.documents.models import Document
from postportal.web.languages import html_language


def player_of(document: Document) -> str:
    """Return the player of a recording as HTML, "" for other documents."""
    tag = document.file_type.player
    if not tag:
        return ""
    words = _("%(title)s (%(type_and_size)s)") % {"title": document, "type_and_size": document.type_and_size}
    return format_html(
        '<figure class="recording"><{} controls preload="metadata"{} src="{}" aria-label="{}">{}</{}>'
        '<figcaption><a href="{}">{}</a></figcaption>{}</figure>',
        *(mark_safe(tag), _poster(document), document.get_absolute_url(), str(document)),  # noqa: S308
        *(_track(document), mark_safe(tag)),  # noqa: S308
        *(document.get_absolute_url(), words, _transcript(document)),
    )


def _poster(document: Document) -> SafeString | str:
    if document.file_type.player != "video":
        return ""
    if document.poster is None:
        return format_html(' poster="{}"', static("portal/icons/recording.svg"))
    sources = document.poster.sources("wide")
    # Browsers choose no size for a poster frame: the middle one is as wide as the text.
    return format_html(' poster="{}"', sources[len(sources) // 2].url)


def _track(document: Document) -> SafeString | str:
    if not document.captions or document.file_type.player != "video":
        return ""
    language = html_language(document.language) if document.language else "und"
    markup = '<track kind="captions" src="{}" srclang="{}" label="{}" default>'
    return format_html(markup, document.captions_url, language, _("Captions"))


def _transcript(document: Document) -> SafeString | str:
    if not document.transcript:
        return ""
    lines = [line.strip() for line in document.transcript.splitlines() if line.strip()]
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    language = format_html(' lang="{}"', html_language(document.language)) if document.language else ""
    return format_html(
        "<details{}><summary>{}</summary>{}</details>",
        *(language, _("Transcript"), mark_safe(paragraphs)),  # noqa: S308 - escaped above
    )
