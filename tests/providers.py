"""oidc-provider-mock as a process of its own: a real OIDC provider that others wrote."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from running import free_port, until

COMMAND = str(Path(sys.executable).parent / "oidc-provider-mock")


@contextmanager
def running_provider(folder: Path, *people: dict[str, object]) -> Iterator[str]:
    """The issuer of a provider that knows these people by their claims."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    known = [word for person in people for word in ("--user-claims", json.dumps(person))]
    with (folder / "provider.log").open("w") as log:
        process = subprocess.Popen(
            [COMMAND, "--port", str(port), *known], stdout=log, stderr=subprocess.STDOUT
        )
    try:
        until(lambda: _answers(issuer), what="a provider")
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(issuer: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{issuer}/.well-known/openid-configuration", timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False
