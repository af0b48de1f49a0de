from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from news.imports.article_line import PictureFile
from news.imports.pictures import PictureFolder, PictureRefusedError
from postportal.images.models import Image
from postportal.richtext.sanitize import clean_html
from tests.factories import images

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a picture, beside another that does not belong to the import."""
    folder = tmp_path / "export"
    (folder / "uploads").mkdir(parents=True)
    content = images.upload().read()
    (folder / "uploads/van.png").write_bytes(content)
    (folder / "copy.png").write_bytes(content)
    (folder / "notes.png").write_text("no picture")
    (tmp_path / "secret.png").write_bytes(images.upload(size=(9, 9)).read())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    return folder


def take(folder: Path | None, path: str) -> Image:
    return PictureFolder(folder).take(PictureFile(path, alt="A van", caption="At night", credit="Li Na"))


def test_picture_is_stored_with_its_texts_through_the_checks_of_uploads(folder: Path) -> None:
    image = take(folder, "uploads/van.png")

    assert (image.alt, image.is_decorative, image.caption, image.credit) == ("A van", False, "At night", "Li Na")
    assert (image.width, image.height, image.title) == (60, 40, "van")
    assert (Path(settings.MEDIA_ROOT) / str(image.file.name)).exists()


def test_each_picture_is_stored_once(folder: Path) -> None:
    first = take(folder, "uploads/van.png")
    pictures = PictureFolder(folder)

    assert {pictures.take(PictureFile(path)) for path in ("copy.png", "./uploads/../copy.png")} == {first}
    pictures.forget()
    assert pictures.take(PictureFile("uploads/van.png")) == first
    assert Image.objects.count() == 1


def test_uploaded_picture_is_found_by_its_content(folder: Path) -> None:
    uploaded = images.image()

    assert take(folder, "uploads/van.png") == uploaded


@pytest.mark.parametrize("path", ["uploads/van-300x200.png", "uploads/van.png?w=300", "uploads/v%61n.png"])
def test_smaller_copy_is_found_as_its_original(folder: Path, path: str) -> None:
    assert take(folder, path).width == 60


def test_picture_without_alternative_text_is_marked(folder: Path) -> None:
    assert PictureFolder(folder).take(PictureFile("copy.png")).is_decorative


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../secret.png", "not found in the folder of the file"),
        ("uploads/../../secret.png", "not found in the folder of the file"),
        ("%2e%2e/secret.png", "not found in the folder of the file"),
        ("link.png", "not found in the folder of the file"),
        ("uploads", "not found in the folder of the file"),
        ("missing.png", "not found in the folder of the file"),
        ("a\x00b.png", "not found in the folder of the file"),
        ("x" * 5000, "not found in the folder of the file"),
        ("/etc/passwd", "not a path relative to the folder of the file"),
        ("https://other.example/van.png", "on another site"),
        ("//other.example/van.png", "on another site"),
        ("\\\\other\\van.png", "on another site"),
        ("file:///etc/passwd", "on another site"),
        ("C:\\van.png", "on another site"),
        ("notes.png", "This file is not a valid picture. Use JPEG, PNG, WebP or GIF."),
    ],
)
def test_other_files_are_refused(folder: Path, path: str, reason: str) -> None:
    with pytest.raises(PictureRefusedError) as error:
        take(folder, path)

    assert str(error.value) == reason
    assert not Image.objects.exists()


def test_refused_picture_is_read_once(folder: Path) -> None:
    pictures = PictureFolder(folder)
    html = '<img src="notes.png"><img src="notes.png">'
    (folder / "notes.png").chmod(0o644)

    assert pictures.take_all(html).refused == [f"notes.png: {reason}" for reason in [_NOT_A_PICTURE] * 2]


_NOT_A_PICTURE = "This file is not a valid picture. Use JPEG, PNG, WebP or GIF."


def test_file_that_is_too_large_is_not_read(folder: Path) -> None:
    with (folder / "huge.png").open("wb") as file:
        file.truncate(30_000_000)

    with pytest.raises(PictureRefusedError, match="too large"):
        take(folder, "huge.png")


def test_pictures_of_a_text_are_taken_in_and_others_named(folder: Path) -> None:
    uploaded = images.image(file=images.upload(size=(30, 20)))
    html = (
        f'<p>A</p><IMG class=x src="uploads/van.png" alt="A &lt;van&gt;"><img src=\'gone.png\'><img src="/old/a.png">'
        f'<img src="{uploaded.file.url}" alt="own"><img src="https://other.example/b.png"><img alt="none">'
    )

    found = PictureFolder(folder).take_all(html)

    clean = clean_html(found.html)
    assert found.refused == [
        "gone.png: not found in the folder of the file",
        "/old/a.png: not a path relative to the folder of the file",
    ]
    image = Image.objects.get(width=60)
    assert clean.count("<img ") == 2
    assert f'src="{image.file.url}"' in clean
    assert 'alt="A &lt;van&gt;"' in clean
    assert f'src="{uploaded.file.url}"' in clean
    assert clean.left_out == {"foreign_picture": 1, "broken_picture": 1}
    assert image.alt == "A <van>"


def test_text_is_the_same_when_it_is_read_again(
    folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    html = '<img src="uploads/van.png" alt="Van">'
    pictures = PictureFolder(folder)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.prepare(html, [PictureFile("uploads/van.png")])
    pictures.forget()
    first = pictures.take_all(html).html

    Image.objects.update(alt="Changed in the library", focal_x=0.2)

    assert PictureFolder(folder).take_all(html).html == first


@pytest.mark.parametrize("url", ["/media/../secret.png", "/media///[", "/media/%00", "/media/gone.png"])
def test_url_of_no_picture_here_is_named(url: str) -> None:
    assert PictureFolder(None).take_all(f'<img src="{url}">').html == ""


def test_dry_run_stores_no_file(folder: Path) -> None:
    pictures = PictureFolder(folder, is_dry_run=True)

    image = pictures.take(PictureFile("uploads/van.png", alt="A van"))

    assert (image.pk is not None, pictures.take(PictureFile("copy.png"))) == (True, image)
    assert not Path(settings.MEDIA_ROOT).exists() or not list(Path(settings.MEDIA_ROOT).rglob("*.png"))


def test_standard_input_has_no_pictures() -> None:
    with pytest.raises(PictureRefusedError, match="standard input"):
        take(None, "van.png")


def test_gallery_is_figures_with_alternative_texts_captions_and_credits(folder: Path) -> None:
    (folder / "bridge.png").write_bytes(images.upload(size=(50, 30)).read())
    gallery = [
        PictureFile("uploads/van.png", alt="A van", caption="At <night>", credit="Li Na"),
        PictureFile("bridge.png"),
        PictureFile("lost.png", alt="Lost"),
    ]

    html, refused = PictureFolder(folder).figures(gallery)

    first, second = html.split("\n")
    assert first.endswith('<figcaption>At &lt;night&gt; <span class="cr">Li Na</span></figcaption></figure>')
    assert ' alt="A van" ' in first
    assert second.startswith("<figure><img ")
    assert second.endswith("></figure>")
    assert refused == ["lost.png: not found in the folder of the file"]
    assert [image.credit for image in Image.objects.order_by("pk")] == ["Li Na", ""]
    assert clean_html(html).count("<figcaption>") == 1
