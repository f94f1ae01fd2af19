"""Signing in with an OIDC provider: what is asked of it, and what is believed of its answers."""
