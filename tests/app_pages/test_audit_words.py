"""The audit log in words: what stands in the last column of its page for acts of every shape."""

import pytest
from conftest import NOON

from workbench.services.audit_log import AuditLine
from workbench.ui.audit_words import changed

CASES = [
    ("sign_in", {"how": "link"}, "by: link"),
    ("invite", {"role": "reviewer", "project": "quay"}, "role: reviewer; project: quay"),
    (
        "invite",
        {"role": "reviewer", "project": None},
        "role: reviewer; project: every project, also later ones",
    ),
    ("disable_account", {"n_sessions_ended": 2}, "sessions ended: 2"),
    ("reply", {"project": "quay", "shared": True, "closed": False}, "project: quay; shared"),
    (
        "save_label_set",
        {"version": 3, "changes": {"retired": ["dispute"], "presets": True}},
        "dispute retired; Presets changed; version: 3",
    ),
    (
        "save_label_set",
        {"version": 2, "changes": {"renamed": {"dispute": ["Dispute", "Denial"]}}},
        "Dispute renamed to Denial; version: 2",
    ),
    (
        "change_queue",
        {"old": {"overlap": None, "order": "covered"}, "new": {"overlap": 2, "order": "covered"}},
        "overlap: none → 2",
    ),
    (
        "change_project",
        {
            "old": {"name": "A", "queued_kinds": ["body"]},
            "new": {"name": "A", "queued_kinds": ["body", "caption"]},
        },
        "kinds in the queue: body → body, caption",
    ),
    (
        "set_metadata",
        {"project": "quay", "by": "Ada", "before": {"url": None}, "after": {"url": "https://a.b"}},
        "Address: nothing → https://a.b; project: quay",
    ),
    (
        "split_sentence",
        {"project": "quay", "by": "Ada", "before": [[0, 9, "body"]], "after": [[0, 4], [5, 9]]},
        "split: 1 segment made 2; project: quay",
    ),
    (
        "import_article",
        {"project": "quay", "sha256": "ab" * 32, "segments": 28, "batch": 1},
        "project: quay; SHA-256: abababababab; segments: 28; import: 1",
    ),
    (
        "make_subset",
        {"subset": "First", "articles": [f"a{n}" for n in range(7)], "reviewers": ["r"]},
        "subset: First; articles: a0, a1, a2, a3, a4 and 2 more; reviewers: r",
    ),
    ("undo_import", {"articles": 3, "standing_again": []}, "articles: 3"),
    ("archive_project", {}, ""),
]


@pytest.mark.parametrize(("act", "details", "told"), CASES)
def test_what_changed_is_told_in_words(act, details, told):
    line = AuditLine(1, NOON, "Ada", act, "project", "quay", "", details, "")
    assert changed(line) == told
