import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from postportal.pages.models import SiteSettings
from postportal.pages.proxy_errors import PROXY_ERRORS, write_error_pages


def test_every_error_has_a_page_in_each_language_and_json(tmp_path: Path) -> None:
    count = write_error_pages(tmp_path, site=SiteSettings(name="Yunhai Post", name_zh="云海邮政"))

    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    pages = [f"{language}/{status}.html" for language in ("en", "zh-hans") for status in PROXY_ERRORS]
    assert files == sorted([*pages, *(f"api/{status}.json" for status in PROXY_ERRORS)])
    assert count == len(files)


def test_page_has_the_name_of_the_site_in_its_language(tmp_path: Path) -> None:
    write_error_pages(tmp_path, site=SiteSettings(name="Yunhai Post", name_zh="云海邮政"))

    english, chinese = ((tmp_path / f"{code}/413.html").read_text("utf-8") for code in ("en", "zh-hans"))
    assert "<title>The file is too large - Yunhai Post</title>" in english
    assert "<title>文件过大 - 云海邮政</title>" in chinese
    assert '<html lang="zh-Hans">' in chinese
    assert 'rel="canonical"' not in english


def test_api_error_has_the_form_of_the_other_errors_of_the_api(tmp_path: Path) -> None:
    write_error_pages(tmp_path, site=SiteSettings())

    [detail] = json.loads((tmp_path / "api/429.json").read_text("utf-8"))["detail"]
    assert detail == {
        "loc": [],
        "msg": "Too many requests. There were too many requests from your network. Wait a minute.",
        "type": "proxy",
    }


@pytest.mark.django_db
def test_command_writes_to_the_folder_that_nginx_reads(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    SiteSettings.objects.create(pk=1, name="Yunhai Post")

    call_command("write_error_pages", verbosity=0)

    assert "Yunhai Post" in (tmp_path / "errors/en/502.html").read_text("utf-8")
