"""Audit log: who did what to which object; searched, paged, and written out."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import audit_log, project_acts
from workbench.services.audit_log import PER_PAGE, AuditLine
from workbench.services.permissions import Permission
from workbench.ui.audit_search import PAGE, asked, choices, query
from workbench.ui.audit_words import changed
from workbench.ui.context import current_actor, read_session
from workbench.ui.frame import page_head
from workbench.ui.imported import count, number


def render() -> None:
    """Draw what the actor may see of it, the newest first."""
    actor = current_actor()
    sees_all = actor.may(Permission.SEE_AUDIT)
    with read_session() as session:
        mine = project_acts.overview(session, actor=actor)
    slugs = [line.slug for line in mine if line.may_archive]
    page = int(st.session_state.get(PAGE, 1))
    try:
        with read_session() as session:
            found = audit_log.page(session, actor=actor, asked=asked(), number=page)
    except WorkbenchError as error:
        st.title("Audit log")
        st.warning(str(error))
        return
    head = page_head("Audit log")
    with head.container(horizontal=True, width="content"):
        for fmt in audit_log.CONTENT_TYPES:
            st.link_button(f"Download {fmt.upper()}", f"/audit/log.{fmt}?{query(asked())}")
    choices(found, slugs)
    words = f"{count(found.total, 'act')}, the newest first."
    if found.total > PER_PAGE:
        first = (page - 1) * PER_PAGE + 1
        words += f" Here: {number(first)} to {number(first + len(found.rows) - 1)}."
    st.text(words if found.total else "Nothing of this kind was done. Clear the search.")
    if found.rows:
        _table(found.rows, sees_all=sees_all)
    if found.total > PER_PAGE:
        st.pagination(-(-found.total // PER_PAGE), key=PAGE)


def _table(rows: Sequence[AuditLine], *, sees_all: bool) -> None:
    columns: dict[str, Sequence[object]] = {
        "When": [row.at for row in rows],
        "Who": [row.actor for row in rows],
        "What": [row.act.replace("_", " ") for row in rows],
        "Done to": [row.object_name or row.object_id for row in rows],
        "What changed": [changed(row) for row in rows],
    }
    if sees_all:
        columns["From"] = [row.address for row in rows]
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="–",
        alt="The audit log, one act a row",
        column_config={
            "When": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm:ss"),
            "What changed": st.column_config.TextColumn(width="large"),
        },
    )
