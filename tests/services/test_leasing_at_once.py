"""Fifty reviewers at once: nothing beyond its overlap, nothing lost, nothing answered too late."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from leased import Team
from loop import Act, op

from db.engine import reading
from db.models import Annotation
from db.models.naming import table

N_REVIEWERS, N_SENTENCES, OVERLAP = 50, 500, 2


@pytest.fixture
def team(own_engines, now):
    team = Team(own_engines, now, overlap=OVERLAP)
    yield team
    assert team.faults() == []


def labelled(team):
    """How many reviewers have labelled each sentence."""
    rows = table(Annotation)
    with reading(team.engines) as session:
        statement = (
            sa.select(rows.c.sentence_id, sa.func.count())
            .where(rows.c.status == "labelled")
            .group_by(rows.c.sentence_id)
        )
        return dict(session.execute(statement).all())


def work(team, actor, chance):
    """Hold a few, answer most, skip one now and then, and leave some to their fate."""
    acks = Counter()
    while held := team.hold(actor, 7):
        for sentence in held[: chance.randint(1, 7)]:
            act = Act.SKIP if chance.random() < 0.05 else Act.LABEL
            given = {"reason": "a menu"} if act is Act.SKIP else {}
            acks[team.send_one(op(sentence, act=act, **given), actor).status] += 1
        if chance.random() < 0.2:  # the tab is gone
            break
    return acks


def test_fifty_reviewers_finish_five_hundred_sentences_twice_and_no_more(team):
    for n in range(5):
        team.bring("".join(f"Number {n} {m} was there.\n" for m in range(N_SENTENCES // 5)))
    people = [team.actor() for _ in range(N_REVIEWERS)]

    def one(number):
        return work(team, people[number], random.Random(number))  # noqa: S311 - no secret

    total = Counter()
    for _ in range(30):
        with ThreadPoolExecutor(N_REVIEWERS) as pool:
            for acks in pool.map(one, range(N_REVIEWERS)):
                total += acks
        if team.n_open() == 0 and not any(team.held(who) for who in people):
            break
        team.later(minutes=10)  # what was left to its fate goes to others

    assert set(labelled(team).values()) == {OVERLAP}
    assert len(labelled(team)) == N_SENTENCES
    assert total.keys() == {"applied"}


def test_answers_that_all_come_too_late_are_refused_where_others_have_the_place(team):
    team.set(overlap=1)
    sentences = team.bring_all("".join(f"Number {n} was there.\n" for n in range(20)))
    late, quick = team.actor(), team.actor()
    team.hold(late)
    team.later(minutes=10)

    acts = [lambda s=s: team.send_one(op(s), late).status for s in sentences]
    *acks, held = team.at_once(*acts, lambda: team.hold(quick))

    taken = {s for s, ack in zip(sentences, acks, strict=True) if ack == "applied"}
    assert taken | set(held) == set(sentences)
    assert not taken & set(held)
