import subprocess
import sys


def test_code_is_loaded_before_the_first_page_and_left_alone_by_the_garbage_collector() -> None:
    says = "import gc, sys, postportal.wsgi; print('postportal.urls' in sys.modules, gc.get_freeze_count() > 10_000)"

    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True, timeout=120)

    assert done.stdout.split() == ["True", "True"]
