"""Pure format code: bytes in, records out, and back."""
