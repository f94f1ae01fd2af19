"""Open pages without a browser: Streamlit sessions over a WebSocket, each run once and kept."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.bench.fill import Person
from tests.bench.stage import Stage


@contextmanager
def open_pages(place: Stage, people: Sequence[Person]) -> Iterator[None]:
    """A session for each, its script run to the end; closed afterwards."""
    with ExitStack() as held:
        for person in people:
            _run(held.enter_context(_connected(place, person)))
        yield


def _connected(place: Stage, person: Person) -> ClientConnection:
    return connect(
        f"{place.workbench.url.replace('http', 'ws', 1)}/_stcore/stream",
        additional_headers={"cookie": f"workbench={person.cookie}"},
        origin=place.workbench.url,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
    )


def _run(socket: ClientConnection) -> None:
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    socket.send(ask.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(socket.recv(timeout=30))  # type: ignore[arg-type]
        if message.WhichOneof("type") == "script_finished":
            return
