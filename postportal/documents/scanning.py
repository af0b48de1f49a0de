"""The virus scanner, if the operator has one: a program or clamd. A scanner that does not answer refuses every upload:
one that is skipped in silence protects nobody."""

import logging
import shlex
import socket
import subprocess
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

SECONDS = 60
_CHUNK = 64 * 1024


class ScannerError(Exception):
    """The scanner did not say whether the file is clean."""


def scan(content: bytes) -> None:
    """Raise ValidationError if the scanner finds something, or does not answer."""
    scanner = settings.DOCUMENT_SCANNER
    if not scanner:
        return
    try:
        is_clean = _ask_clamd(scanner, content) if scanner.startswith("clamd:") else _run_program(scanner, content)
    except (ScannerError, OSError, subprocess.SubprocessError) as error:
        logger.exception("The virus scanner did not answer")
        text = _("The virus scanner does not answer, so the file was not accepted. Tell the administrator.")
        raise ValidationError(text, code="scanner_down") from error
    if not is_clean:
        raise ValidationError(_("The virus scanner found something in the file. It was not stored."), code="virus")


def _run_program(command: str, content: bytes) -> bool:
    """Return the answer of a program that reads the file from its input: 0 is clean, 1 is infected (as clamdscan)."""
    run = subprocess.run(  # noqa: S603 - the command is a setting of the operator
        shlex.split(command), input=content, capture_output=True, timeout=SECONDS, check=False
    )
    if run.returncode not in (0, 1):
        raise ScannerError(run.stderr.decode(errors="replace")[:500])
    return run.returncode == 0


def _ask_clamd(url: str, content: bytes) -> bool:
    """Return the answer of clamd at “clamd://host:3310” or “clamd:///run/clamav/clamd.sock”."""
    with _connect(url) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            part = content[start : start + _CHUNK]
            connection.sendall(len(part).to_bytes(4, "big") + part)
        connection.sendall(bytes(4))
        answer = b""
        while part := connection.recv(4096):
            answer += part
    if answer.rstrip(b"\0\n").endswith(b" OK"):
        return True
    if b" FOUND" in answer:
        return False
    raise ScannerError(answer.decode(errors="replace")[:500])


def _connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(SECONDS)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection
