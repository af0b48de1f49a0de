import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from postportal.web.static_files import HIDDEN_FILES, JoinedStylesheetStorage, Paths, StaticFilesMiddleware, stylesheet

STYLESHEETS = ["portal/css/site.css", "portal/admin/staff.css"]


def files(**texts: str) -> Paths:
    storage = InMemoryStorage()
    for name, text in texts.items():
        storage.save(name, ContentFile(text.encode()))
    return {name: (storage, name) for name in texts}


def own_files() -> Paths:
    return {
        path: (storage, path)
        for finder in get_finders()
        for path, storage in finder.list([])
        if path.startswith("portal/")
    }


def test_imports_are_replaced_by_the_imported_text() -> None:
    paths = files(
        **{
            "portal/a.css": '/* All. */\n@import url("parts/b.css");\n@import url("c.css");\np { color: red }',
            "portal/parts/b.css": '@import url("../c.css");\n@font-face { src: url("../d.woff2") }',
            "portal/c.css": "a { background: url(#e) url(data:f) url(/g) }",
        }
    )

    assert stylesheet("portal/a.css", paths).split("\n") == [
        "/* All. */",
        "a { background: url(#e) url(data:f) url(/g) }",
        '@font-face { src: url("d.woff2") }',
        "a { background: url(#e) url(data:f) url(/g) }",
        "p { color: red }",
    ]


@pytest.mark.parametrize("other", ['@import "b.css";', '@import url("b.css") print;', "@import url(b.css);"])
def test_unsupported_import_is_an_error(other: str) -> None:
    with pytest.raises(ValueError, match=r"portal/a\.css"):
        stylesheet("portal/a.css", files(**{"portal/a.css": other, "portal/b.css": ""}))


def test_modules_import_each_other_by_their_hashed_names(tmp_path: Path) -> None:
    texts = {"portal/a.js": 'import { x } from "./b/c.js";\n', "portal/b/c.js": "export const x = 1;\n"}
    paths = files(**texts)
    storage = JoinedStylesheetStorage(location=tmp_path, base_url="/static/")
    for name, text in texts.items():
        storage.save(name, ContentFile(text.encode()))

    list(storage.post_process(paths))

    collected = (tmp_path / storage.hashed_files["portal/a.js"]).read_text()
    assert collected == f'import {{ x }} from "./{storage.hashed_files["portal/b/c.js"].removeprefix("portal/")}";\n'


def test_collected_stylesheets_are_joined_and_minified(tmp_path: Path) -> None:
    paths = own_files()
    storage = JoinedStylesheetStorage(location=str(tmp_path), base_url="/static/")
    for path, (source, name) in paths.items():
        with source.open(name) as file:
            storage.save(path, file)

    assert [error for *_, error in storage.post_process(paths) if isinstance(error, Exception)] == []

    for name in STYLESHEETS:
        collected = (tmp_path / storage.stored_name(name)).read_text()
        assert "@import" not in collected
        assert "--paper:#fff" in collected
        assert re.findall(r"url\(\"?([^)\"]+)", collected) == [
            f"../fonts/{Path(storage.stored_name('portal/fonts/archivo-latin.woff2')).name}"
        ]
        assert len(collected) < len(stylesheet(name, paths)) * 0.9
        compressed = [(tmp_path / f"{path}.gz").exists() for path in (storage.stored_name(name), name)]
        assert compressed == [True, False]


def test_every_part_is_in_a_stylesheet() -> None:
    """The parts are in the folder of the readers' stylesheet and in a subfolder next to the staff stylesheet."""
    folder = Path(settings.BASE_DIR) / "static" / "portal"
    readers, staff = ((folder / path).read_text() for path in ("css/site.css", "admin/staff.css"))

    parts = {path.name for path in (folder / "css").glob("*.css")} - {"site.css"}
    assert set(re.findall(r'@import url\("([^"]+)"\)', readers)) == parts
    assert {f"staff/{path.name}" for path in (folder / "admin" / "staff").glob("*.css")} == {
        name for name in re.findall(r'@import url\("([^"]+)"\)', staff) if not name.startswith("../")
    }


@pytest.mark.parametrize("autorefresh", [True, False])
def test_files_for_collectstatic_and_nginx_are_not_served(
    tmp_path: Path, rf: RequestFactory, settings: Settings, *, autorefresh: bool
) -> None:
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = tmp_path, autorefresh
    settings.WHITENOISE_USE_FINDERS = False
    (tmp_path / "errors" / "en").mkdir(parents=True)
    for name in ("site.css", "staticfiles.json", "errors/en/502.html"):
        (tmp_path / name).write_text("x")
    middleware = StaticFilesMiddleware(lambda request: HttpResponse(status=404))

    statuses = []
    for name in ("site.css", "staticfiles.json", "errors/en/502.html"):
        response: Any = middleware(rf.get(f"/static/{name}"))
        statuses.append(response.status_code)
        if response.streaming:
            response.file_to_stream.close()

    assert statuses == [200, 404, 404]


def test_nginx_hides_the_same_files() -> None:
    configuration = (Path(settings.BASE_DIR) / "docs" / "deploy" / "nginx.conf").read_text()

    assert re.findall(r"location \S+ /static/(\S+) \{ return 404; \}", configuration) == list(HIDDEN_FILES)
