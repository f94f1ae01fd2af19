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


def test_two_managers_change_things_while_a_team_labels_and_nobody_waits_for_nobody(team):
    for n in range(4):
        team.bring_all("".join(f"Article {n} number {m} was there.\n" for m in range(20)))
    people = [team.actor() for _ in range(8)]

    def label(number):
        chance = random.Random(number)  # noqa: S311 - no secret
        for _ in range(6):
            for sentence in team.hold(people[number], 6)[:3]:
                act = chance.choice([Act.LABEL, Act.LABEL, Act.SKIP])
                given = {"reason": "a menu"} if act is Act.SKIP else {}
                team.send_one(op(sentence, act=act, **given), people[number])
            team.hand_back(people[number], team.items(people[number])[:2])

    def bring_and_change():
        for n in range(10):
            team.bring_all(f"Fresh {n} came in.\nAnd went out {n}.\n")
            if n % 4 == 0:
                team.set(overlap=2 + n % 8 // 4)
                team.take_out_of_queue(team.names()[n])

    def release():
        for n in range(24):
            team.release(sentences=team.names()[n : n + 40])

    team.at_once(bring_and_change, release, *[lambda n=n: label(n) for n in range(8)])

    assert max(labelled(team).values()) <= 3
