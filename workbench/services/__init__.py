"""Use cases: session first, then keyword-only; they check the permission and never commit."""
