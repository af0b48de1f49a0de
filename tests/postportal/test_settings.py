import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR)
REQUIRED = {"SECRET_KEY": "k7-" * 20 + "Zq", "ALLOWED_HOSTS": "portal.example"}


def production(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with only the given environment variables."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**inherited, "DEBUG": "0", "DATABASE_URL": "sqlite:///:memory:", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", REQUIRED)
def test_production_start_without_a_required_setting_fails(missing: str) -> None:
    start = production("check", **{**REQUIRED, missing: ""})

    assert start.returncode != 0
    assert f"{missing} is not set." in start.stderr


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"METRICS_TOKEN": "short", "METRICS_FOLDER": "/run/x"}, "METRICS_TOKEN needs at least 32 characters"),
        ({"METRICS_TOKEN": "t" * 32}, "METRICS_FOLDER must be set."),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is not one of line, json: xml"),
    ],
)
def test_start_with_a_wrong_setting_of_operation_fails(wrong: dict[str, str], message: str) -> None:
    start = production("check", **REQUIRED, **wrong)

    assert (start.returncode, message in start.stderr) == (1, True)


@pytest.mark.parametrize("address", ["rubbish", "portal.sqlite3"])
def test_start_with_an_invalid_database_url_fails(address: str) -> None:
    start = production("check", **REQUIRED, DATABASE_URL=address)

    assert start.returncode != 0
    assert start.stderr.splitlines()[-1].endswith("DATABASE_URL is not valid. See .env.example for the format.")


def test_debug_is_off_by_default() -> None:
    start = production("shell", "-c", "from django.conf import settings; print(settings.DEBUG)", **REQUIRED, DEBUG="")

    assert start.stdout.splitlines()[-1:] == ["False"]


def test_production_settings_pass_the_deployment_checks(tmp_path: Path) -> None:
    start = production("check", "--deploy", "--fail-level", "WARNING", **REQUIRED, STATIC_ROOT=str(tmp_path))

    assert (start.returncode, start.stderr) == (0, "")


THEMED = (
    "from django.contrib.staticfiles import finders; from django.template.loader import get_template;"
    "print(get_template('components/_footer.html').origin.name, finders.find('portal/icons/icon.svg'))"
)


def test_theme_replaces_templates_and_static_files_and_leaves_the_others(tmp_path: Path) -> None:
    footer, icon = tmp_path / "templates/components/_footer.html", tmp_path / "static/portal/icons/icon.svg"
    for file in (footer, icon):
        file.parent.mkdir(parents=True)
        file.write_text("Ours", "utf-8")

    themed = production("shell", "-v", "0", "-c", THEMED, **REQUIRED, THEME_DIR=str(tmp_path))
    plain = production("shell", "-v", "0", "-c", THEMED, **REQUIRED)

    assert (themed.stdout.split(), themed.stderr) == ([str(footer), str(icon)], "")
    assert plain.stdout.split() == [
        str(ROOT / "templates/components/_footer.html"),
        str(ROOT / "static/portal/icons/icon.svg"),
    ]


def test_theme_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    start = production("check", **REQUIRED, THEME_DIR=str(tmp_path / "missing"))

    assert start.stderr.splitlines()[-1].endswith(f"THEME_DIR is not a folder: {tmp_path / 'missing'}")


INSTALLED = (
    "from django.apps import apps; print(*[a.label for a in apps.get_app_configs() if a.label in {'demo', 'legacy'}])"
)


@pytest.mark.parametrize(
    ("environment", "installed"),
    [({}, ""), ({"DEMO": "1"}, "demo"), ({"LEGACY_IMPORT": "1"}, "legacy"), ({"DEBUG": "1"}, "")],
    ids=["production", "demo", "old site", "development"],
)
def test_demo_and_import_are_installed_only_where_asked_for(environment: dict[str, str], installed: str) -> None:
    start = production("shell", "-v", "0", "-c", INSTALLED, **REQUIRED, **environment)

    assert (start.returncode, start.stdout.strip(), start.stderr) == (0, installed, "")


@pytest.mark.parametrize("command", ["load_demo", "import_legacy"])
def test_command_of_an_app_that_is_not_installed_does_not_exist(command: str) -> None:
    assert f"Unknown command: '{command}'" in production(command, **REQUIRED).stderr


MAKE_ACCOUNTS = """
from django.utils import timezone
from postportal.demo.accounts import load_accounts
from postportal.demo.run import LoadRun
load_accounts(LoadRun(now=timezone.now()))
"""
# Prints the account that the demo password authenticates, and the status of pages that could list rows of the old site.
LOOK = """
from django.contrib.auth import authenticate, get_user_model
from django.test import Client
browser = Client(headers={"host": "portal.example"})
browser.force_login(get_user_model().objects.get(username="admin"))
pages = [browser.get(address).status_code for address in ("/", "/admin/", "/admin/auth/group/", "/admin/audit/entry/")]
print(authenticate(username="admin", password="postportal-demo"), pages)
"""


def test_demo_database_works_without_the_demo_but_refuses_its_accounts(tmp_path: Path) -> None:
    required = {**REQUIRED, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}", "STATIC_ROOT": str(tmp_path)}
    with_both = {**required, "DEBUG": "1", "DEMO": "1", "LEGACY_IMPORT": "1"}
    assert production("migrate", **with_both).returncode == 0
    assert production("shell", "-c", MAKE_ACCOUNTS, **with_both).returncode == 0

    again = production("migrate", **required)
    check = production("check", "--deploy", "--database", "default", **required)
    look = production("shell", "-v", "0", "-c", LOOK, **required, DEBUG="1")

    assert (again.returncode, check.returncode) == (0, 1)
    assert "demo.E001" in check.stderr
    assert look.stdout.strip() == "None [200, 200, 200, 200]"


def test_env_example_lists_every_variable_and_no_other() -> None:
    modules = [ROOT / "postportal" / "settings.py", ROOT / "postportal" / "web" / "media_settings.py"]
    code = "".join(module.read_text(encoding="utf-8") for module in modules)
    read = re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', code)
    listed = re.findall(r"^#?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(set(read))


def test_redis_timeout_is_half_a_second() -> None:
    code = "from django.core.cache import caches; o = caches['default']._options; print(sorted(o.items()))"
    start = production("shell", "-v", "0", "-c", code, **REQUIRED, CACHE_URL="redis://127.0.0.1:6379/1")

    assert start.stdout.strip() == "[('socket_connect_timeout', 0.5), ('socket_timeout', 0.5)]"


@pytest.mark.parametrize(("query", "seconds"), [("", 5), ("?connect_timeout=2", 2)])
def test_postgresql_has_a_connection_timeout(query: str, seconds: int) -> None:
    code = "from django.db import connection; print(connection.get_connection_params()['connect_timeout'])"
    address = f"postgres://portal@127.0.0.1:5432/portal{query}"
    start = production("shell", "-v", "0", "-c", code, **REQUIRED, DATABASE_URL=address)

    assert start.stdout.strip() == str(seconds)


COOKIES = (
    "from django.conf import settings as s;"
    "print(*[(n, p, d, c) for n, p, d, c in ("
    "(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_SECURE),"
    "(s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_PATH, s.CSRF_COOKIE_DOMAIN, s.CSRF_COOKIE_SECURE))], sep='|')"
)


def test_cookies_are_bound_to_the_host_over_tls() -> None:
    """Browsers refuse a cookie with the prefix __Host- unless it is secure, for the path / and without a domain."""
    secure = production("shell", "-v", "0", "-c", COOKIES, **REQUIRED)
    plain = production("shell", "-v", "0", "-c", COOKIES, **REQUIRED, HTTPS="0")

    assert secure.stdout.strip() == "('__Host-sessionid', '/', None, True)|('__Host-csrftoken', '/', None, True)"
    assert plain.stdout.strip() == "('sessionid', '/', None, False)|('csrftoken', '/', None, False)"
