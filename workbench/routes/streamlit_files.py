"""Where the installed Streamlit keeps what browsers load."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def static_folder() -> Path:
    """The folder of its page, scripts and fonts; found without importing Streamlit."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        message = "Streamlit is not installed"
        raise RuntimeError(message)
    return Path(spec.origin).parent / "static"
