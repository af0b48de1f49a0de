from collections.abc import Iterator

import pytest
import time_machine

from tests.services.views.page_content import NOW


@pytest.fixture(autouse=True)
def _fixed_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield
