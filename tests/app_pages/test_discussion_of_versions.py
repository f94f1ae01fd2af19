"""Discussion: a question whose sentence is in an older version of its article says so."""

import uuid

from screens import QUAY, told

from workbench.services import accounts, annotating, windows
from workbench.services.decisions import Act, Op
from workbench.services.permissions import Role

SAYS = "its article has a newer version"


def ask_about_all(installation, project, asker):
    with installation.rows() as (session, make):
        actor = accounts.signed_in(session, identity=asker, now=make.now)
        place = annotating.take_part(session, actor=actor, project=project, now=make.now)
        found = windows.open_window(session, actor=actor, project=project, place=place, want=40)
        ops = [
            Op(str(uuid.uuid4()), item["id"], 0, Act.COMMENT, comment="Is it?")
            for item in found.items
        ]
        annotating.apply_ops(session, actor=actor, project=project, ops=ops, now=make.now)
        return len(ops)


def test_only_what_has_no_sentence_in_the_newer_version_says_so(installation):
    project = installation.project()
    installation.bring_in(quay=QUAY)
    manager = installation.sign_in(Role.MANAGER, project)
    reviewer = installation.sign_in(Role.REVIEWER, project)
    n = ask_about_all(installation, project, reviewer)
    assert SAYS not in told(installation.open("discussion", as_=manager))
    last = QUAY.strip().rpartition(b". ")[2]
    installation.bring_in(quay=QUAY.replace(last, b"This was not there before."))

    for reader in (manager, reviewer):
        page = told(installation.open("discussion", as_=reader))
        assert page.count("Is it?") == n
        assert page.count(SAYS) == 1
