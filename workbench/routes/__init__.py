"""Starlette routes beside Streamlit's: thin, they parse, call a service and answer."""
