"""A Redis of our own on a socket in a temporary folder; what needs it is skipped where there is none."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PROGRAMS = ("redis-server", "valkey-server")


@contextmanager
def redis_server() -> Iterator[str]:
    """Serve until the end of the block, and give the address."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("redis-server is not installed")
    pytest.importorskip("redis", reason="the extra « redis » is not installed")
    with TemporaryDirectory(prefix="redis") as folder:  # a socket's path has to be short
        socket = Path(folder) / "socket"
        settings = [
            "--port",
            "0",
            "--unixsocket",
            str(socket),
            "--dir",
            folder,
            "--save",
            "",
        ]
        with subprocess.Popen([program, *settings], stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            for line in server.stdout:
                if "ready to accept connections" in line.lower():
                    break
            try:
                yield f"unix://{socket}"
            finally:
                server.terminate()
                server.stdout.read()
