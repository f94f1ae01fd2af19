"""Label set: the choices in force, changed version by version, and what a change leaves stale."""

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.services import guidelines, label_sets, projects, stale_labels
from workbench.services.permissions import Permission
from workbench.services.stale_labels import StaleCount
from workbench.ui import label_acts, label_editor, label_ways, preset_editor, versions
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.empty import no_articles
from workbench.ui.frame import page_head
from workbench.ui.imported import count

WHAT_FOR = "This page holds the choices of a project."


def render() -> None:
    """Draw the label set; its four sides are tabs, so that each is whole on a phone too."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, f"{WHAT_FOR} {error}", title="Label set")
        return
    try:
        with read_session() as session:
            project = projects.view(session, actor=actor, slug=slug)
            history = label_sets.history(session, actor=actor, slug=slug)
            stale = stale_labels.counts(session, actor=actor, slug=slug)
            rules = projects.rules(session, project_id=project.id)
    except WorkbenchError as error:
        st.title("Label set")
        st.warning(str(error))
        return
    may_edit = actor.may(Permission.MANAGE_PROJECT, project.id)
    newest = history[0]
    page_head("Label set")
    st.text(f"Version {newest.version} of {project.name}, in force.")
    label_acts.outcome()
    base = versions.base("label set", slug, newest=newest.version, made_by=newest.made_by)
    on = next((each for each in history if each.version == base), newest)
    missing = guidelines.without_section(rules)
    if missing:
        st.text(
            f"The guideline has no section called {', '.join(missing)}: on the annotate page "
            "nobody can read more about it."
        )
    again = sum(line.n_stale for line in stale)
    words = f"To look at again ({again})" if again else "To look at again"
    labels, presets, waiting, past = st.tabs(["Labels", "Presets", words, "History"])
    with labels:
        label_editor.editor(slug, on, may_edit=may_edit)
        if may_edit:
            label_ways.ways(slug, on, history)
    with presets:
        preset_editor.editor(slug, on, may_edit=may_edit)
    with waiting:
        _stale(stale, again)
    with past:
        versions.of_label_set(history)


def _stale(stale: list[StaleCount], total: int) -> None:
    if not stale:
        st.text(
            "When a label is merged, retired or comes to mean something else, what was given "
            "under it stays as it was, and is counted here until its reviewer has looked again."
        )
        return
    st.text(
        f"{count(total, 'label')} of {count(len(stale), 'reviewer')} wait for another look. "
        "Each reviewer finds their own under Your labels."
    )
    st.dataframe(
        {
            "Reviewer": [line.name for line in stale],
            "To look at again": [line.n_stale for line in stale],
        },
        hide_index=True,
        placeholder="–",
        width=480,
        alt="How many labels wait for another look, by reviewer",
    )
