"""Empty states that several pages share."""

import streamlit as st

from workbench.services.permissions import Actor


def no_articles(actor: Actor, message: str) -> None:
    """Say why there is nothing to see and hold the button that ends it."""
    st.title("Nothing to label yet")
    st.text(message)
    if actor.is_admin or actor.roles:
        st.link_button("Go to articles", "/articles", type="primary")
