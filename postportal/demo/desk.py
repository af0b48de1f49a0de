"""Tools of a desk: saved filters, a template, and a translation whose original has changed."""

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from news.models import Article
from postportal.demo.content_files import read_content
from postportal.demo.run import LoadRun
from postportal.publishing.models import ItemTemplate
from postportal.publishing.versions import copying, revisions, snapshots
from postportal.publishing.workflow import translations
from postportal.staff.models import SavedFilter


def load_desk(run: LoadRun) -> None:
    """Add what is missing. The translation is one of an article with a correction that was written after it."""
    content = read_content("desk")
    articles = ContentType.objects.get_for_model(Article)
    for entry in content["saved_filters"]:
        key = {"content_type": articles, "user": User.objects.get(username=entry["by"]), "name": entry["name"]}
        run.get_or_create(SavedFilter, key, {"query": entry["query"], "is_shared": entry["is_shared"]})
    for entry in content["templates"]:
        article = Article.objects.filter(external_id=f"demo-en-{entry['article']}").first()
        if article is not None:
            text = copying.copied_content(Article, revisions.current_content(article), changes=entry["fields"])
            fields = {"content": text, "created_by": User.objects.get(username=entry["by"])}
            run.get_or_create(ItemTemplate, {"content_type": articles, "name": entry["name"]}, fields)
    for entry in content["translations"]:
        original = Article.objects.filter(external_id=f"demo-en-{entry['article']}").first()
        if original is None or original.translations.exists():
            continue
        by = User.objects.get(username=entry["by"])
        row = translations.translate(original, entry["language"], by=by, origin=f"Translation of “{original}”")
        snapshots.fill_fields(row, {"fields": entry["fields"]})
        row.save()
        revisions.record_revision(row, snapshots.serialize(row), by=by)
        # It says what the original said before its correction.
        Article.objects.filter(pk=row.pk).update(translated_version=1)
        run.created[str(Article._meta.verbose_name_plural)] += 1
