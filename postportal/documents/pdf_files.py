"""Checks of PDF files and their text, read by a program of its own with a limit of time and memory."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from postportal.documents.refusals import not_what_it_says

CHECK_SECONDS, TEXT_SECONDS = 20, 60
_WORKER = Path(__file__).with_name("pdf_worker.py")
_PROBLEMS = {
    "script": _("The PDF contains a script, which runs when it is opened. Export it without scripts and forms."),
    "launch": _("The PDF starts programs or loads other files when it is opened. Export it again without actions."),
    "embedded": _("The PDF contains other files. Export it without attachments, and upload those one by one."),
    "media": _("The PDF contains video, sound or 3D content. Export it without these."),
    "encrypted": _("The PDF is encrypted or needs a password. Save it without protection."),
    "unreadable": _("The PDF is damaged and cannot be checked. Export it again."),
    "slow": _("The PDF takes too long to check. Export it again, or split it."),
}


def check_pdf(content: bytes, extension: str) -> int | None:
    """Return the number of pages. Raise ValidationError if this is no PDF or one with active content."""
    # From the first byte to the last: a PDF may hide in another format, and another format in a PDF.
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:] or zipfile.is_zipfile(BytesIO(content)):
        raise not_what_it_says(extension)
    found = _run_worker("check", content, seconds=CHECK_SECONDS)
    if problem := found.get("problem"):
        raise ValidationError(_PROBLEMS[problem], code=problem)
    pages: int | None = found["pages"]
    return pages


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF, "" if there is none or it takes too long to read."""
    return str(_run_worker("text", content, seconds=TEXT_SECONDS).get("text", ""))


def _run_worker(task: str, content: bytes, *, seconds: int) -> dict[str, Any]:
    # Isolated: without the environment, whose settings hold keys.
    command = [sys.executable, "-I", str(_WORKER), task]
    try:
        run = subprocess.run(command, input=content, capture_output=True, timeout=seconds, env={}, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return {"problem": "slow"}
    # Killed by the system, for its memory.
    return json.loads(run.stdout) if run.returncode == 0 and run.stdout else {"problem": "unreadable"}
