from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks.servers.clients import Client, load, seconds_beside_slow_readers, slow_readers
from tests.deploy.counting_application import Page, new_application


@pytest.fixture
def port() -> Iterator[int]:
    application = new_application()
    application.pages["/broken/"] = Page(status=500)
    with ThreadingHTTPServer(("127.0.0.1", 0), application) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_answers_are_counted_by_status(port: int) -> None:
    assert set(load(port, "/news/", clients=2, seconds=0.1)) == {200}
    assert set(load(port, "/broken/", clients=2, seconds=0.1)) == {500}


def test_errors_are_counted_by_name() -> None:
    assert set(load(1, "/", clients=1, seconds=0.01)) == {"ConnectionRefusedError"}


def test_reader_says_whether_there_is_an_answer(port: int) -> None:
    answered = [Client(port).is_answered("/"), Client(port).is_answered("/broken/"), Client(1).is_answered("/")]

    assert answered == [True, False, False]


def test_slow_readers_do_not_finish(port: int) -> None:
    opened = slow_readers(port, 3)
    for connection in opened:
        connection.close()

    assert len(opened) == 3
    assert seconds_beside_slow_readers(port, "/", number=3) < 30
    assert seconds_beside_slow_readers(1, "/", number=0) == float("inf")
