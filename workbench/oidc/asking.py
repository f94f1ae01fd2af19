"""Asking the provider: with an end to how long it takes, how much comes back, and where it goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from time import monotonic
from typing import Any

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter

LONGEST = 1_000_000  # bytes of an answer
STEP = 2.0  # seconds that one read or the connection may take
PIECE = 16_384


class BoundedAdapter(HTTPAdapter):
    """Reads whole answers, until a time and up to a length; follows nowhere by itself.

    `requests` knows a time for each read only: an answer that drips would hold a thread for ever.
    """

    def __init__(self, until: float) -> None:
        """Answer until then, by the monotonic clock."""
        super().__init__(max_retries=0)
        self.until = until

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        """Send a request and read its answer to the end.

        Raises:
            requests.RequestException: It took too long, is too long, or broke off.
        """
        left = self.until - monotonic()
        if left <= 0:
            raise requests.Timeout(request=request)
        response = super().send(
            request,
            stream=True,
            timeout=min(left, STEP),
            verify=verify,
            cert=cert,
            proxies=proxies,
        )
        body = bytearray()
        try:
            for piece in response.raw.stream(PIECE, decode_content=True):
                body += piece
                if len(body) > LONGEST or monotonic() > self.until:
                    raise requests.Timeout(request=request)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise requests.ConnectionError(request=request) from error
        finally:
            response.raw.close()
        response.raw = BytesIO(bytes(body))
        return response


@contextmanager
def bounded(session: requests.Session, *, until: float) -> Iterator[requests.Session]:
    """Let a session ask until then, and keep nothing afterwards."""
    adapter = BoundedAdapter(until)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    with session:
        yield session


def json_object(response: requests.Response) -> dict[str, Any]:
    """The JSON object of an answer.

    Raises:
        ValueError: It is another answer.
    """
    if response.status_code != 200:
        message = f"status {response.status_code}"
        raise ValueError(message)
    found = response.json()
    if not isinstance(found, dict):
        message = "no JSON object"
        raise ValueError(message)
    return found
