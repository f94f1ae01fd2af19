"""One module per aggregate; a query returns models or frozen rows."""
