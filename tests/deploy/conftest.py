import os
import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="module", autouse=True)
def _programs() -> None:
    if (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()) and shutil.which("openssl"):
        return
    if os.environ.get("CI"):
        pytest.fail("nginx and openssl are not installed")
    pytest.skip("nginx and openssl are not installed")
