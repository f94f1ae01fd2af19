"""What an act changed, in words: the details of a row of the audit log as people read them."""

from collections.abc import Mapping
from typing import Any

from workbench.services import article_history, label_changes
from workbench.services.audit_log import AuditLine
from workbench.ui.places import EVERY_PROJECT

MOST = 5
HASH_SHOWN = 12
NAMES = {
    "batch": "import",
    "how": "by",
    "manifest_sha256": "SHA-256 of the manifest",
    "n_sentences": "sentences",
    "n_sessions_ended": "sessions ended",
    "queued_kinds": "kinds in the queue",
    "sha256": "SHA-256",
    "why": "because",
}
OF_EVERY_PROJECT = {
    "add_account",
    "invite",
    "join",
    "revoke_invitation",
    "set_role",
    "take_invitation",
}


def changed(row: AuditLine) -> str:
    """What a row says beside who did what to which; empty where that is all."""
    details = dict(row.details)
    told = []
    if row.act in article_history.WORDS and row.act != article_history.IMPORTED:
        told.append(article_history.WORDS[row.act](details))
        details = {"project": details.get("project")}
    if isinstance(details.get("changes"), Mapping):
        told += label_changes.in_words(details.pop("changes"), {})
    if isinstance(details.get("old"), Mapping) and isinstance(details.get("new"), Mapping):
        told += _differences(details.pop("old"), details.pop("new"))
    if row.act in OF_EVERY_PROJECT and details.get("project", "") is None:
        details["project"] = EVERY_PROJECT
    return "; ".join([*told, *_pairs(details)])


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [
        f"{_name(key)}: {_value(key, old.get(key)) or 'none'} → {_value(key, value) or 'none'}"
        for key, value in new.items()
        if value != old.get(key)
    ]


def _pairs(details: Mapping[str, Any]) -> list[str]:
    """Each as its name and value; what is not so, not there or empty is left out."""
    told = []
    for key, value in details.items():
        if value is True:
            told.append(_name(key))
        elif value is not False and (shown := _value(key, value)):
            told.append(f"{_name(key)}: {shown}")
    return told


def _name(key: str) -> str:
    return NAMES.get(key, key.replace("_", " "))


def _value(key: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(_pairs(value))
    if isinstance(value, list | tuple):
        some = [_value(key, each) for each in value[:MOST]]
        more = f" and {len(value) - MOST} more" if len(value) > MOST else ""
        return f"{', '.join(some)}{more}"
    return str(value)[:HASH_SHOWN] if key.endswith("sha256") else str(value)
