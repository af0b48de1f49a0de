import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.databases import copy_tables

pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR)
REQUIRED = {"SECRET_KEY": "k7-" * 20 + "Zq", "ALLOWED_HOSTS": "portal.example"}


def production(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with only the given environment variables."""
    return run("manage.py", *arguments, **environment)


def load_settings(code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings with only the given environment variables, and run the code with them as `s`.

    Without the apps, whose start takes ten times as long."""
    start = f"from django.conf import settings as s; s.DEBUG; {code}"
    return run("-c", start, DJANGO_SETTINGS_MODULE="postportal.settings", **{**REQUIRED, **environment})


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**inherited, "DEBUG": "0", "DATABASE_URL": "sqlite:///:memory:", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_command_of_a_production_without_a_required_setting_fails() -> None:
    start = production("check", **{**REQUIRED, "SECRET_KEY": ""})

    assert start.returncode != 0
    assert "SECRET_KEY is not set." in start.stderr


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        *(({name: ""}, f"{name} is not set.") for name in REQUIRED),
        ({"METRICS_TOKEN": "short", "METRICS_FOLDER": "/run/x"}, "METRICS_TOKEN needs at least 32 characters"),
        ({"METRICS_TOKEN": "t" * 32}, "METRICS_FOLDER must be set."),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is not one of line, json: xml"),
        *(
            ({"DATABASE_URL": address}, "DATABASE_URL is not valid. See .env.example for the format.")
            for address in ("rubbish", "portal.sqlite3")
        ),
        ({"THEME_DIR": "/theme/missing"}, "THEME_DIR is not a folder: /theme/missing"),
    ],
)
def test_start_with_a_wrong_setting_fails(wrong: dict[str, str], message: str) -> None:
    start = load_settings(**wrong)

    assert (start.returncode, message in start.stderr.splitlines()[-1]) == (1, True)


def test_debug_is_off_by_default() -> None:
    assert load_settings("print(s.DEBUG)", DEBUG="").stdout.split() == ["False"]


def test_production_settings_pass_the_deployment_checks(tmp_path: Path) -> None:
    settings = {**REQUIRED, "SITE_URL": "https://portal.example", "STATIC_ROOT": str(tmp_path)}
    start = production("check", "--deploy", "--fail-level", "WARNING", **settings)

    assert (start.returncode, start.stderr) == (0, "")


FOOTER, ICON = "components/_footer.html", "portal/icons/icon.svg"
THEMED = (
    "from django.contrib.staticfiles import finders; from django.template.loader import get_template;"
    f"print(get_template({FOOTER!r}).origin.name, finders.find({ICON!r}), get_template('base.html').origin.name)"
)


def test_theme_replaces_templates_and_static_files_and_leaves_the_others(tmp_path: Path) -> None:
    footer, icon = tmp_path / "templates" / FOOTER, tmp_path / "static" / ICON
    for file in (footer, icon):
        file.parent.mkdir(parents=True)
        file.write_text("Ours", "utf-8")

    themed = production("shell", "-v", "0", "-c", THEMED, **REQUIRED, THEME_DIR=str(tmp_path))

    assert (themed.stdout.split(), themed.stderr) == ([str(footer), str(icon), str(ROOT / "templates/base.html")], "")
    # The tests have none.
    assert get_template(FOOTER).origin.name == str(ROOT / "templates" / FOOTER)
    assert finders.find(ICON) == str(ROOT / "static" / ICON)


@pytest.mark.parametrize(
    ("environment", "installed"),
    [({}, []), ({"DEMO": "1"}, ["demo"]), ({"LEGACY_IMPORT": "1"}, ["legacy"]), ({"DEBUG": "1"}, [])],
    ids=["production", "demo", "old site", "development"],
)
def test_demo_and_import_are_installed_only_where_asked_for(environment: dict[str, str], installed: list[str]) -> None:
    start = load_settings("print(*s.INSTALLED_APPS)", **environment)

    apps = start.stdout.split()
    assert [name for name in ("demo", "legacy") if f"postportal.{name}" in apps] == installed
    assert "postportal.search" in apps


def test_commands_of_apps_that_are_not_installed_do_not_exist() -> None:
    commands = set(production("help", "--commands", **REQUIRED).stdout.split())

    assert commands & {"load_demo", "import_legacy", "backup"} == {"backup"}


MAKE_ACCOUNTS = """
from django.utils import timezone
from postportal.demo.accounts import load_accounts
from postportal.demo.run import LoadRun
load_accounts(LoadRun(now=timezone.now()))
"""
# Prints the account that the demo password authenticates, and the status of pages that could list rows of the old site.
LOOK = """
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
browser = Client(headers={"host": "portal.example"})
browser.force_login(get_user_model().objects.get(username="admin"))
pages = [browser.get(address).status_code for address in ("/", "/admin/", "/admin/auth/group/", "/admin/audit/entry/")]
print(authenticate(username="admin", password="postportal-demo"), pages)
"""


@pytest.mark.django_db
def test_demo_database_works_without_the_demo_but_refuses_its_accounts(tmp_path: Path) -> None:
    required = {**REQUIRED, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}", "STATIC_ROOT": str(tmp_path)}
    with_both = {**required, "DEBUG": "1", "DEMO": "1", "LEGACY_IMPORT": "1"}
    copy_tables(tmp_path / "db.sqlite3")
    assert production("shell", "-v", "0", "-c", MAKE_ACCOUNTS, **with_both).returncode == 0

    look = production("shell", "-v", "0", "-c", LOOK, **required, DEBUG="1")
    check = production("check", "--deploy", "--database", "default", **required)

    assert (look.returncode, look.stdout.strip()) == (0, "None [200, 200, 200, 200]")
    assert check.returncode == 1
    assert "demo.E001" in check.stderr


def test_env_example_lists_every_variable_and_no_other() -> None:
    readers = ["cache_settings", "media_settings", "openid_settings", "passkey_domain"]
    modules = [ROOT / "postportal/settings.py", *(ROOT / "postportal/web" / f"{name}.py" for name in readers)]
    code = "".join(module.read_text(encoding="utf-8") for module in modules)
    read = re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', code)
    listed = re.findall(r"^#?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(set(read))


def test_redis_timeout_is_half_a_second() -> None:
    code = "from django.core.cache import caches; print(sorted(caches['default']._options.items()))"
    start = load_settings(code, CACHE_URL="redis://127.0.0.1:6379/1")

    assert start.stdout.strip() == "[('socket_connect_timeout', 0.5), ('socket_timeout', 0.5)]"


@pytest.mark.parametrize(("query", "seconds"), [("", 5), ("?connect_timeout=2", 2)])
def test_postgresql_has_a_connection_timeout(query: str, seconds: int) -> None:
    code = "from django.db import connection; print(connection.get_connection_params()['connect_timeout'])"
    address = f"postgres://portal@127.0.0.1:5432/portal{query}"
    start = load_settings(code, DATABASE_URL=address)

    assert start.stdout.strip() == str(seconds)


COOKIES = (
    "print(*[(n, p, d, c) for n, p, d, c in ("
    "(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_SECURE),"
    "(s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_PATH, s.CSRF_COOKIE_DOMAIN, s.CSRF_COOKIE_SECURE))], sep='|')"
)


def test_cookies_are_bound_to_the_host_over_tls() -> None:
    """Browsers refuse a cookie with the prefix __Host- unless it is secure, for the path / and without a domain."""
    secure = load_settings(COOKIES)
    plain = load_settings(COOKIES, HTTPS="0")

    assert secure.stdout.strip() == "('__Host-sessionid', '/', None, True)|('__Host-csrftoken', '/', None, True)"
    assert plain.stdout.strip() == "('sessionid', '/', None, False)|('csrftoken', '/', None, False)"
