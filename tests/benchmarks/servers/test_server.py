import os
from contextlib import closing

import pytest

from benchmarks.servers.clients import Client
from benchmarks.servers.server import COMMANDS, Server


def test_servers_have_the_same_number_of_workers() -> None:
    # The last one counts.
    last = {name: command[len(command) - command[::-1].index("--workers")] for name, command in COMMANDS.items()}

    assert set(last.values()) == {"2"}


@pytest.mark.once
def test_server_answers_is_measured_and_ends() -> None:
    server = Server("gthread-1", "benchmarks.servers.bare", environment=dict(os.environ))
    try:
        server.wait_until_up()
        with closing(Client(server.port)) as client:
            assert client.get("/") == (200, 30_000)
        assert server.cpu_seconds() > 0
        assert 10 < server.megabytes() < 1000
        server.reload()
        server.wait_until_up()
    finally:
        server.stop()

    assert server.process.poll() == 0
