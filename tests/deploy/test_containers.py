"""Dockerfile and compose.yaml, read: Docker does not run where the tests do. The same steps run as plain processes in
`.ci/run` (“A server's install”) and in test_deploy_page.py."""

import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks.servers.nginx import CONFIGURATION
from tests.deploy.deploy_page import ROOT

yaml = pytest.importorskip("yaml")

pytestmark = pytest.mark.once

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["web", "migration", "outbox"]
PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


def program(service: str) -> str:
    """Return the command as a shell sees it: Compose makes $ of $$."""
    return str(SERVICES[service]["command"][-1]).replace("$$", "$")


def test_every_image_has_a_version() -> None:
    others = [service["image"] for name, service in SERVICES.items() if name not in OURS]
    built_on = [words.split()[0] for words in instructions("FROM")]

    assert len(others) == 4
    assert [image for image in others + built_on if not re.search(r":v?\d+(\.\d+)*(-\w+)*$", image)] == []


def test_image_is_built_of_files_that_are_there_and_not_ignored() -> None:
    ignored, *kept = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] in "*!"]
    copied = {name for words in instructions("COPY") if not words.startswith("--") for name in words.split()[:-1]}

    assert ignored == "*"
    assert {name for name in copied if (ROOT / name).exists()} == copied
    assert {line[1:] for line in kept if line.startswith("!")} == copied


def test_application_server_is_started_as_by_systemd() -> None:
    unit = (ROOT / "docs" / "deploy" / "postportal.service").read_text("utf-8").replace("\\\n", " ")
    started = re.search(r"^ExecStart=\S+/(.+)$", unit, re.MULTILINE)

    [command] = [json.loads(words) for words in instructions("CMD")]

    assert started
    assert command == [*started[1].split(), "--bind", "0.0.0.0:8000"]
    assert set(re.findall(r"(?m)^Environment=(\S+)$", unit)) <= {
        word for words in instructions("ENV") for word in words.split()
    }


def test_portal_runs_without_root_and_cannot_change_its_code() -> None:
    assert instructions("USER") == ["postportal"]
    for name in OURS:
        service = SERVICES[name]
        assert (service["read_only"], service["cap_drop"], service["tmpfs"]) == (True, ["ALL"], ["/tmp"])


def test_health_check_asks_for_a_page_that_is_there() -> None:
    [check] = instructions("HEALTHCHECK")
    code = json.loads(check.partition("CMD ")[2])[2]

    compile(code, "Dockerfile", "exec")
    assert "'http://127.0.0.1:8000/livez'" in code
    assert 'path("livez"' in (ROOT / "postportal" / "urls.py").read_text("utf-8")


def test_every_setting_exists() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    known = set(re.findall(r"^#?([A-Z0-9_]+)=", example, re.MULTILINE))

    for name in OURS:
        assert set(SERVICES[name]["environment"]) - known == set()
    assert set(re.findall(r"\b([A-Z_]+_ROOT)=", DOCKERFILE)) - known == set()


def test_every_file_and_volume_that_is_mounted_is_there() -> None:
    sources = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    files = {source for source in sources if source.startswith("./")}

    assert {source for source in files if not (ROOT / source).is_file()} == set()
    assert {source for source in sources - files if not source.startswith("$")} == set(COMPOSE["volumes"])


def test_migration_does_what_the_page_says() -> None:
    steps = re.findall(r"^python manage\.py (.+)$", program("migration"), re.MULTILINE)

    assert steps == ["check --deploy", "migrate", "collectstatic --noinput", "write_error_pages"]
    assert [step for step in steps if f"portal {step}" not in PAGE] == []


def test_outbox_is_delivered_as_often_as_by_systemd() -> None:
    timer = (ROOT / "docs" / "deploy" / "postportal-outbox.timer").read_text("utf-8")

    assert "OnUnitActiveSec=5min" in timer
    assert "manage.py deliver_outbox; sleep 300" in program("outbox")


def test_services_wait_for_what_they_need() -> None:
    needed = {name: set(service.get("depends_on", {})) for name, service in SERVICES.items()}

    assert needed["migration"] == {"database", "files"}
    assert needed["web"] == {"migration", "cache"}
    assert needed["outbox"] == {"migration"}
    assert needed["proxy"] == {"web"}


def test_proxy_runs_the_configuration_of_this_repository(tmp_path: Path) -> None:
    rewrite = program("proxy").partition(" && ")[0]
    mounted = next(volume for volume in SERVICES["proxy"]["volumes"] if "nginx.conf" in volume).split(":")
    places = {mounted[1]: str(CONFIGURATION), "/etc/nginx/conf.d": str(tmp_path)}
    for place, here in places.items():
        assert place in rewrite
        rewrite = rewrite.replace(place, shlex.quote(here))
    subprocess.run(["sh", "-ec", rewrite], env={"PORTAL_HOST": "post.example"}, check=True)

    written = (tmp_path / "default.conf").read_text("utf-8")

    before = CONFIGURATION.read_text("utf-8")
    assert (ROOT / mounted[0]).samefile(CONFIGURATION)
    assert written == before.replace("unix:/run/postportal/portal.sock", "web:8000").replace(
        "portal.example", "post.example"
    )
    assert "server web:8000 " in written
    assert "/etc/letsencrypt/live/post.example/fullchain.pem" in written


def test_application_trusts_the_proxy_and_no_other_container() -> None:
    address = SERVICES["proxy"]["networks"]["default"]["ipv4_address"]
    [network] = COMPOSE["networks"]["default"]["ipam"]["config"]

    assert SERVICES["web"]["environment"]["TRUSTED_PROXIES"] == address == "172.30.31.2"
    assert (network["subnet"], network["ip_range"]) == ("172.30.31.0/24", "172.30.31.128/25")
