"""Rules of `import_articles`: what it keeps, refuses and reports."""

import gzip
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from news.models import Article, Section
from postportal.audit.models import Entry
from postportal.images.models import Image
from postportal.outbox.models import OutboxEvent
from postportal.pages.models import Redirect
from postportal.publishing.models import Revision
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.updates import updates_of
from tests.factories import editorial, images, staff
from tests.news.imports.import_lines import line_data
from tests.news.management.commands.conftest import Import

pytestmark = pytest.mark.django_db


def test_corrected_article_is_kept_and_reported(import_articles: Import) -> None:
    lines = [line_data(1, body="Rout.", tags=["night"]), line_data(2)]
    import_articles(*lines)
    publisher = staff.account("Publisher")
    article = editorial.correction(
        Article.objects.get(external_id="n-1"), by=staff.account("Editor"), body="<p>Route.</p>"
    )
    steps.perform("submit", article, by=staff.account("Editor", username="second"))
    steps.perform("publish", article, by=publisher, note="Typo corrected")
    article.refresh_from_db()
    changed_at = article.changed_at

    output, _ = import_articles(*lines)

    assert output.splitlines() == [
        "line 1: kept: edited since the import",
        "2 lines: 0 created, 0 updated, 1 unchanged, 1 kept, 0 failed.",
    ]
    article.refresh_from_db()
    assert (article.body, article.changed_at, article.change_note) == ("<p>Route.</p>", changed_at, "Typo corrected")

    assert "1 updated" in import_articles(*lines, overwrite=True)[0]
    article.refresh_from_db()
    assert (article.body, article.change_note) == ("<p>Rout.</p>", "")
    assert [update.note for update in updates_of(article)] == ["", "Typo corrected"]


def test_each_run_that_changes_something_is_logged_once(import_articles: Import) -> None:
    lines = [line_data(number) for number in range(3)]

    import_articles(*lines, batch_size=1)
    import_articles(*lines, batch_size=1)
    import_articles(line_data(1, body="New."), overwrite=True)

    entries = Entry.objects.filter(action="import").order_by("number")
    assert [(entry.item_label, entry.detail) for entry in entries] == [
        ("news.article", "articles.jsonl"),
        ("news.article", "articles.jsonl --overwrite"),
    ]


def test_unknown_keys_fail_their_line_or_are_counted(import_articles: Import) -> None:
    lines = [line_data(1, titel="x"), line_data(2, titel="x", colour="red"), line_data(3)]

    output, errors = import_articles(*lines, error="Failed lines: 2")
    assert errors.splitlines() == ["line 1: unknown keys: “titel”", "line 2: unknown keys: “titel”, “colour”"]
    assert "1 created" in output

    output, errors = import_articles(*lines, ignore_unknown=True)
    assert (errors, output.splitlines()[-1]) == ("", "Ignored keys: titel 2×, colour 1×.")


def test_nothing_hidden_becomes_public(import_articles: Import, client: Client) -> None:
    words = [{"status": "draft"}, {"status": "pending"}, {"status": "private"}, {"visibility": "password"}]
    words += [{"password": "x"}, {"status": "future"}, {"status": "future", "published": "2999-01-01"}]
    lines = [line_data(number, title=f"Secret {number}", **keys) for number, keys in enumerate(words)]
    lines.append(line_data(9, title="Open", status="publish", visibility="public"))

    output, _ = import_articles(*lines, line_data(10, title="Trashed", status="trash"), error="Failed lines: 1")

    assert "Created and not public: 6 draft, 1 scheduled." in output.splitlines()
    assert [article.title for article in Article.objects.published(timezone.now())] == ["Open"]
    for url in ("/news/", "/feeds/news.atom", "/search/?q=secret"):
        assert b"Secret" not in client.get(url).content


def test_unknown_section_fails_unless_it_may_be_created(import_articles: Import) -> None:
    _, errors = import_articles(line_data(section="Brand new"), create_sections=False, error="Failed lines: 1")

    assert errors == (
        "line 1: section: there is no section “Brand new”; create it in the admin, or use --create-sections\n"
    )
    assert not Section.objects.exists()


def test_dry_run_reports_the_same_and_writes_nothing(import_articles: Import, tmp_path: Path) -> None:
    (tmp_path / "van.png").write_bytes(images.upload().read())
    import_articles(line_data(1), line_data(2))
    before = {model: model.objects.count() for model in (Article, Revision, Entry, OutboxEvent, Section, Image)}
    files = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    lines = [
        line_data(1, body='<img src="van.png"><img src="gone.png"><script></script>'),
        line_data(2, section="Other"),
        line_data(3, people=["Nobody"], image="van.png", alt="Van"),
        line_data(3, title="Again"),
        line_data(4, title=""),
        line_data(5, body="Text.", gallery=[{"file": "van.png", "alt": "Van", "credit": "Li Na"}, "gone.png"]),
    ]

    dry, dry_errors = import_articles(*lines, dry_run=True, batch_size=1, error="Failed lines: 1")

    assert before == {model: model.objects.count() for model in before}
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == files
    wet, wet_errors = import_articles(*lines, batch_size=1, error="Failed lines: 1")
    assert dry_errors == wet_errors
    assert dry.splitlines() == [*wet.splitlines(), "Dry run: nothing was written."]


def test_rejects_are_written_as_they_came_and_can_be_repaired(import_articles: Import, tmp_path: Path) -> None:
    rejects = tmp_path / "failed.jsonl"
    bad = b' {"external_id": "n-7",  "title": "", "published": "2019-05-20"}\r'
    refused = json.dumps(line_data(8, section="Nowhere")).encode()

    import_articles(
        line_data(1), bad, refused, b"\xff", create_sections=False, rejects=rejects, error="Failed lines: 4"
    )

    assert rejects.read_bytes().split(b"\n")[1:] == [bad.rstrip(), refused, b"\xff", b""]
    with pytest.raises(CommandError, match="the import file itself"):
        call_command("import_articles", str(rejects), rejects=rejects)


def test_import_stops_after_a_number_of_errors(import_articles: Import) -> None:
    lines = [line_data(1), line_data(2, title=""), line_data(3), line_data(4, title=""), line_data(5)]

    output, errors = import_articles(*lines, stop_after=2, error=r"Failed lines: 2\. Stopped after line 4\.")

    assert len(errors.splitlines()) == 2
    assert output == "4 lines: 2 created, 0 updated, 0 unchanged, 0 kept, 2 failed.\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (gzip.compress(b"{}\n" * 9, mtime=0), "compressed with gzip"),
        ('{"a": 1}\n'.encode("utf-16"), "UTF-16"),
        (b'[{"a": 1},\n{"a": 2}]', "one JSON array"),
        (b'{"a": 1}\r{"a": 2}\r', "CR only"),
        (b"a;b\n1;2\n", "not JSON"),
    ],
)
def test_other_file_is_refused_with_one_sentence(data: bytes, sentence: str, import_articles: Import) -> None:
    with pytest.raises(CommandError, match=sentence) as error:
        import_articles(data)

    assert error.value.returncode == 2


def test_folder_is_refused_with_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="a folder") as error:
        call_command("import_articles", str(tmp_path))

    assert error.value.returncode == 2


def test_export_of_a_small_blog_keeps_its_words_and_pictures(tmp_path: Path) -> None:
    """Classic and block texts, captions, galleries, drafts, old URLs and pictures, as a WordPress export has them."""
    sample = Path(__file__).parent / "blog"
    for name in ("van.png", "hill.png"):
        size = (60, 40) if name == "van.png" else (40, 40)
        (tmp_path / "uploads").mkdir(exist_ok=True)
        (tmp_path / "uploads" / name).write_bytes(images.upload(size=size).read())
    file = tmp_path / "blog.jsonl"
    file.write_bytes((sample / "blog.jsonl").read_bytes())
    stdout, stderr = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Failed lines: 1"):
        call_command("import_articles", str(file), stdout=stdout, stderr=stderr, create_sections=True)

    assert stderr.getvalue().splitlines() == [
        (
            "line 6: status: not one of published, publish, public, live, scheduled, future, draft, auto-draft, "
            "pending, private, review, password, protected"
        )
    ]
    assert stdout.getvalue().splitlines() == (sample / "report.txt").read_text(encoding="utf-8").splitlines()
    classic, blocks = (Article.objects.get(external_id=key) for key in ("wp-1", "wp-2"))
    van, hill = (Image.objects.get(width=width) for width in (60, 40))
    assert re.sub(r"<img [^>]*>", "<img>", classic.body) == (
        "<p>The van leaves at <strong>six</strong>.<br>It is green.</p>\n"
        "<figure><img><figcaption>The van &amp; the hill</figcaption></figure>\n"
        "<p>It comes back at noon.</p>\n"
        '<p><a href="https://video.example/watch?v=1" rel="noopener">https://video.example/watch?v=1</a></p>'
    )
    assert str(van.file.url) in classic.body
    assert (blocks.lead_image, hill.alt, hill.credit) == (hill, "A bare hill", "Li Na")
    assert "[" not in "".join(Article.objects.values_list("body", flat=True))
    assert Redirect.objects.get(old_path="/?p=1").target == classic
    assert Article.objects.get(external_id="wp-3").translation_of == blocks
