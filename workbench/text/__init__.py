"""Pure text code: strings in, values out."""
