"""What several tests of custody share: the Go program, compiled once."""

import pytest

from custody.foreign import Go, build_go


@pytest.fixture(scope="session", name="go_sumdb")
def _go_sumdb(tmp_path_factory) -> Go:
    return Go(build_go(tmp_path_factory.mktemp("go")))
