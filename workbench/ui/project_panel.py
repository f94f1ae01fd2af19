"""One project on the screen: opened, given another name, archived, restored."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import project_acts
from workbench.services.project_acts import ProjectLine
from workbench.services.projects import QUEUED_KINDS
from workbench.ui import outcomes
from workbench.ui.context import choose, current_actor, now, open_session
from workbench.ui.imported import count
from workbench.ui.once import once
from workbench.ui.ways import way

PAGE = "projects"
ARCHIVED = "{name} is archived. Restore takes it up again."
RESTORED = "{name} is restored. People find it among their projects again."
SAVED = "The settings of {name} are saved."
WIDTH = 640


def panel(line: ProjectLine) -> None:
    """Everything that the actor may do with a project."""
    with st.container(border=True, width=WIDTH, key=f"project-{line.slug}"):
        st.text(line.name)
        if line.archived_at is not None:
            _archived(line)
            return
        row = st.container(horizontal=True)
        row.button("Work on it", key=f"open-{line.slug}", on_click=choose, args=(line.slug,))
        if line.may_archive:
            with row:
                if line.may_manage:
                    way(
                        "How sentences are given out",
                        "queue",
                        key=f"queue-{line.slug}",
                        kind="secondary",
                        project=line.slug,
                    )
                _archive(line)
        if line.may_manage:
            _settings(line)


def _archived(line: ProjectLine) -> None:
    st.text(f"Archived on {line.archived_at:%Y-%m-%d}. All of it is kept; nobody changes anything.")
    if not line.may_archive:
        return
    row = st.container(horizontal=True)
    _button(row, "Restore", line, project_acts.restore, RESTORED)
    for fmt in ("jsonl", "csv"):
        address = f"/export/{quote(line.slug)}/latest.{fmt}"
        row.link_button(f"Download {fmt.upper()}", address)


def _archive(line: ProjectLine) -> None:
    with st.popover("Archive the project"):
        st.text(
            f"{count(line.n_people, 'person', 'people')} will no longer find it among their "
            "projects, and nobody can label, import or change anything in it.\n"
            f"All of it is kept: {count(line.n_articles, 'article')}, "
            f"{count(line.n_queued, 'sentence')}, {count(line.n_decided, 'decision')}. "
            "It can still be exported.\n"
            "Labels that are on somebody's device and not sent yet wait there.\n"
            "You can restore it at any time."
        )
        _button(st.container(), "Archive now", line, project_acts.archive, ARCHIVED)


def _settings(line: ProjectLine) -> None:
    with st.form(f"settings-{line.slug}", border=False):
        name = st.text_input("Name", value=line.name, max_chars=200)
        others = QUEUED_KINDS[1:]
        kinds = st.multiselect(
            "Besides body text, reviewers are asked about",
            others,
            default=[kind for kind in others if kind in line.queued_kinds],
            help="It holds for articles that are imported from now on.",
        )
        asked = st.form_submit_button("Save the settings")
    if asked:
        values = {"name": name, "queued_kinds": ("body", *kinds)}
        _act(project_acts.change, line.slug, SAVED.format(name=name.strip()), **values)
        st.rerun()


def _button(
    place: Any, label: str, line: ProjectLine, change: Callable[..., None], done: str
) -> None:
    place.button(
        label,
        key=f"{change.__name__}-{line.slug}",
        on_click=once(_act),
        args=(change, line.slug, done.format(name=line.name)),
    )


def _act(change: Callable[..., None], slug: str, done: str, **values: object) -> None:
    # A click's own values, not those on the screen by now; the actor is read again.
    try:
        actor = current_actor()
        with open_session() as session:
            change(session, actor=actor, slug=slug, now=now(session), **values)
    except WorkbenchError as error:
        outcomes.failed(str(error), on=PAGE)
    else:
        outcomes.done(done, on=PAGE)
