"""A fact-checking annotation workbench."""
