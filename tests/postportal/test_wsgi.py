import subprocess
import sys


def test_code_is_preloaded_and_excluded_from_garbage_collection() -> None:
    says = "import gc, sys, postportal.wsgi; print('postportal.urls' in sys.modules, gc.get_freeze_count() > 10_000)"

    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True, timeout=120)

    assert done.stdout.split() == ["True", "True"]
