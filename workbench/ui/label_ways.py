"""The ways to add a label, to merge or retire one, and to take one up again."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import gone_labels, label_edits, label_sets
from workbench.services.gone_labels import GoneLabel
from workbench.services.label_changes import LONGEST_MEANING, LONGEST_NAME, PALETTE, LabelDraft
from workbench.services.label_sets import LabelSetVersion
from workbench.services.versions import LONGEST_NOTE
from workbench.ui.context import current_actor, read_session
from workbench.ui.imported import count
from workbench.ui.label_acts import act
from workbench.ui.label_editor import LETTERS, WHY, at


def ways(slug: str, version: LabelSetVersion, history: Sequence[LabelSetVersion]) -> None:
    """A button for each way that there is now.

    Args:
        slug: Which project.
        version: The version that is changed.
        history: All versions, the newest first.
    """
    name = f"{slug}-{version.version}"  # fields of another version are other fields
    before = [(each.version, each.draft) for each in history if each.version <= version.version]
    gone = gone_labels.of(before)
    has_room = len(version.draft.labels) < len(PALETTE)
    with st.container(horizontal=True, key="label-ways"):
        if has_room:
            _add(slug, version, name, gone)
        if len(version.draft.labels) > 1:
            _go(slug, version, name)
        if gone:
            _take_up(slug, version, name, gone, has_room=has_room)


def _add(slug: str, version: LabelSetVersion, name: str, gone: Sequence[GoneLabel]) -> None:
    with st.popover("Add a label"), st.form(f"add-{name}", border=False):
        called = st.text_input("Name", max_chars=LONGEST_NAME)
        letter = st.selectbox("Key", _letters(version))
        hue = st.selectbox("Colour", _colours(version))
        meaning = st.text_area("The one-line test that decides it", max_chars=LONGEST_MEANING)
        is_another = bool(gone) and st.checkbox(
            "It is another label than a retired or merged one of the same name"
        )
        note = st.text_input(WHY, max_chars=LONGEST_NOTE)
        asked = st.form_submit_button("Add it as a new version", type="primary")
    if asked:
        new = LabelDraft(called, meaning, letter or "", hue or "")
        change = label_edits.add(new, is_another=is_another)
        act(change, slug, base_version=version.version, note=note)
        st.rerun()


def _letters(version: LabelSetVersion) -> list[str]:
    used = {label.shortcut for label in version.draft.labels}
    return [each for each in LETTERS if each not in used]


def _colours(version: LabelSetVersion) -> list[str]:
    taken = {label.colour for label in version.draft.labels}
    return [each for each in PALETTE if each not in taken]


def _go(slug: str, version: LabelSetVersion, name: str) -> None:
    """Merge a label into another, or retire it, with what stands under it in numbers."""
    names = {label.key: label.name for label in version.draft.labels}
    with st.popover("Merge or retire a label"):
        gone = st.selectbox("Label", names, format_func=names.__getitem__, key=f"gone-{name}")
        rest = [key for key in names if key != gone]
        into = st.selectbox(
            "It goes on in",
            [None, *rest],
            format_func=lambda key: names[key] if key else "nothing: retire it",
            key=f"into-{name}-{gone}",
        )
        st.warning(" ".join([_told(slug, gone), *_lost(version, gone, into)]))
        note = st.text_input(WHY, max_chars=LONGEST_NOTE, key=f"gone-why-{name}")
        words = f"Merge {names[gone]} into {names[into]}" if into else f"Retire {names[gone]}"
        # In the key, what the button says: pressed beside a choice that is newer it does nothing.
        if st.button(words, key=f"go-{name}-{gone}-{into}"):
            change = label_edits.merge(gone, into=into) if into else label_edits.retire(gone)
            act(change, slug, base_version=version.version, note=note)
            st.rerun()


def _told(slug: str, key: str) -> str:
    try:
        actor = current_actor()
        with read_session() as session:
            found = label_sets.impact(session, actor=actor, slug=slug, key=key)
    except WorkbenchError as error:
        return str(error)
    if not found.n_annotations:
        return "Nobody has given this label yet."
    return (
        f"{count(found.n_annotations, 'answer')} of {count(found.n_reviewers, 'reviewer')} give "
        "this label. They stay as they are, and their reviewers are asked to look again."
    )


def _lost(version: LabelSetVersion, key: str, into: str | None) -> list[str]:
    """What becomes of the presets that give the label, and that it can be taken up again."""
    after = gone_labels.without(version.draft, key, instead=(into,) if into else ())
    left = {preset.key: set(preset.labels) for preset in after.presets}
    touched = [preset for preset in version.draft.presets if key in preset.labels]
    dropped = [preset.key for preset in touched if preset.key not in left]
    other = [preset.key for preset in touched if preset.key in left]
    told = [f"Presets that go with it: {', '.join(dropped)}."] if dropped else []
    rest = "it" if into else "the labels that are left"
    told += [f"Presets that give {rest} instead: {', '.join(other)}."] if other else []
    return [*told, "It keeps its column in exports, and can be taken up again later."]


def _take_up(
    slug: str, version: LabelSetVersion, name: str, gone: Sequence[GoneLabel], *, has_room: bool
) -> None:
    """A label that had gone, with the name, key and colour it had where they are free."""
    by_key = {each.label.key: each for each in gone}
    with st.popover("Take up a retired label"):
        if not has_room:
            st.text(
                f"A label set has at most {len(PALETTE)} labels. Merge or retire another first."
            )
            return
        key = st.selectbox(
            "Retired or merged label",
            by_key,
            format_func=lambda each: _until(by_key[each]),
            key=f"again-{name}",
        )
        again = by_key[key]
        st.text(_told_again(slug, version, again))
        letters, colours = _letters(version), _colours(version)
        last = again.label
        with st.form(f"again-{name}-{key}", border=False):
            called = st.text_input("Name", last.name, max_chars=LONGEST_NAME)
            letter = st.selectbox("Key", letters, index=at(letters, last.shortcut))
            hue = st.selectbox("Colour", colours, index=at(colours, last.colour))
            note = st.text_input(WHY, max_chars=LONGEST_NOTE)
            asked = st.form_submit_button("Take it up as a new version", type="primary")
    if asked:
        change = label_edits.take_up(key, name=called, shortcut=letter or "", colour=hue or "")
        act(change, slug, base_version=version.version, note=note)
        st.rerun()


def _until(gone: GoneLabel) -> str:
    return f"{gone.label.name} (key {gone.label.key}), until version {gone.until}"


def _told_again(slug: str, version: LabelSetVersion, gone: GoneLabel) -> str:
    try:
        actor = current_actor()
        with read_session() as session:
            found = label_sets.impact(session, actor=actor, slug=slug, key=gone.label.key)
    except WorkbenchError as error:
        return str(error)
    told = [
        f"{gone.label.meaning}\n\nIt comes back as the same label, with this meaning, its key and "
        "its column.",
        f"Answers that give it: {found.n_annotations}. Nobody is asked any longer to look at them "
        "again because it went.",
    ]
    back = [preset.key for preset in gone_labels.returning(version.draft, gone)]
    return " ".join([*told, *([f"Presets that come back: {', '.join(back)}."] if back else [])])
