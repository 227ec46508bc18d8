"""What all tests share: a steady clock zone, no network, one projection at a time."""

import os
import socket
import time

import pytest
from hypothesis import settings

settings.register_profile("quoth", deadline=None, max_examples=50, print_blob=True)
settings.load_profile("quoth")


@pytest.fixture(autouse=True, scope="session")
def steady_zone():
    os.environ.setdefault("TZ", "UTC")
    time.tzset()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Any connection beyond loopback fails the test that tries it."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
