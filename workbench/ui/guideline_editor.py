"""Writing the guideline: Markdown on one side, what becomes of it on the other."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import guidelines
from workbench.services.differences import Mark, difference
from workbench.services.guidelines import GuidelineVersion
from workbench.services.versions import LONGEST_NOTE
from workbench.ui import outcomes, versions
from workbench.ui.context import current_actor, now, open_session
from workbench.ui.imported import count
from workbench.ui.once import once

PAGE = "guideline"
KIND = "guideline"


def editor(slug: str, history: Sequence[GuidelineVersion]) -> None:
    """The text in force to be changed, and a preview beside it; the text outlives the page."""
    newest = history[0]
    _keep_up(slug, history)
    base = versions.base(KIND, slug, newest=newest.version, made_by=newest.made_by)
    started = next((each for each in history if each.version == base), newest).text
    st.session_state.setdefault(_text_key(slug), started)
    left, right = st.columns(2, gap="large")
    with left:
        text = st.text_area(
            "Markdown, with a section headed ## for each label",
            height=560,
            max_chars=guidelines.LONGEST,
            key=_text_key(slug),
            persist_state="session",
        )
        st.text_input(
            "Why? Reviewers read it in the history.", max_chars=LONGEST_NOTE, key=_why_key(slug)
        )
        st.button(
            "Save as a new version",
            type="primary",
            key=f"guideline-save-{slug}-{base}",
            on_click=once(_save),
            args=(slug, base),
        )
        st.text(_state(started, text or ""))
    with right:
        wrong = guidelines.fault((text or "").strip())
        if wrong:
            st.warning(wrong)
            return
        with st.container(key="prose-preview", height=640):
            st.markdown(text or "")


def _keep_up(slug: str, history: Sequence[GuidelineVersion]) -> None:
    """Nobody has to be told of another version who has not begun to write on theirs."""
    newest, on = history[0], versions.followed(KIND, slug)
    begun = next((each.text for each in history if each.version == on), None)
    text = st.session_state.get(_text_key(slug))
    if on != newest.version and (text is None or (begun or "").strip() == str(text).strip()):
        versions.follow(KIND, slug, newest.version)
        st.session_state[_text_key(slug)] = newest.text


def _text_key(slug: str) -> str:
    return f"guideline-text-{slug}"


def _why_key(slug: str) -> str:
    return f"guideline-why-{slug}"


def _state(old: str, new: str) -> str:
    lines = difference(old, new)
    added = sum(line.mark is Mark.ADDED for line in lines)
    removed = sum(line.mark is Mark.REMOVED for line in lines)
    if not lines:
        return "Nothing is changed yet. The preview follows when you leave the field."
    return f"{count(added, 'line')} added, {count(removed, 'line')} removed; not saved yet."


def restore(slug: str, version: GuidelineVersion, *, newest: int) -> None:
    """The way back to an earlier version: it becomes the newest one."""
    st.button(
        f"Take version {version.version} up again",
        key=f"guideline-restore-{slug}-{version.version}-{newest}",
        on_click=once(_restore),
        args=(slug, newest, version.version),
    )


def outcome() -> None:
    """Say what came of the last act, once."""
    outcomes.say(on=PAGE)


def _save(slug: str, base: int) -> None:
    # The fields as they are at the click: the last one may have changed with it.
    text = str(st.session_state.get(_text_key(slug), ""))
    note = str(st.session_state.get(_why_key(slug), ""))
    if _act(guidelines.save, slug, base_version=base, text=text, note=note):
        st.session_state[_why_key(slug)] = ""


def _restore(slug: str, newest: int, version: int) -> None:
    if _act(guidelines.restore, slug, base_version=newest, version=version):
        st.session_state.pop(_text_key(slug), None)


def _act(change: Callable[..., int], slug: str, **values: Any) -> bool:
    try:
        actor = current_actor()
        with open_session() as session:
            version = change(session, actor=actor, slug=slug, now=now(session), **values)
    except WorkbenchError as error:
        outcomes.failed(str(error), on=PAGE)
        return False
    versions.follow(KIND, slug, version)
    outcomes.done(f"Version {version} is in force.", on=PAGE)
    return True
