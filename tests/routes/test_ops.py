"""POST /api/ops: who may send, what is answered, and that every op is answered by itself."""

import uuid

import pytest
from loop import TEXT, Desk
from posting import Browser, op

from db.models import SignIn
from workbench.routes.wire import MAX_BODY
from workbench.services import discussing, talks
from workbench.services.permissions import Role


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


@pytest.fixture
def sentences(desk):
    return desk.bring(TEXT)


@pytest.fixture
def browser(desk, sentences):
    return Browser(desk, desk.reviewer)


def test_a_label_is_acknowledged_once_it_is_stored(browser, desk, sentences):
    one = op(sentences[0], labels=["claim"])

    (ack,) = browser.post(one).json()["acks"]

    assert ack == {
        "op_id": one["op_id"],
        "status": "applied",
        "version": 1,
        "reason": None,
        "current": None,
    }
    assert desk.op_ids() == [one["op_id"]]


def test_the_answer_brings_what_comes_next(browser, sentences):
    answer = browser.post(op(sentences[0]), want=2).json()

    assert [item["id"] for item in answer["window"]] == sentences[1:3]
    assert answer["progress"] == {"done": 1, "left": 4, "seconds_per_sentence": None}
    assert browser.post(after=answer["cursor"], want=1).json()["window"][0]["id"] == sentences[3]


def test_an_article_is_sent_when_it_is_asked_for_by_its_id(browser, sentences):
    name = sentences[0].partition(":")[0]

    assert browser.post().json()["articles"] == {}
    (article,) = browser.post(articles=[name, "elsewhere"]).json()["articles"].values()
    assert {part["id"] for part in article["segments"]} == set(sentences)


@pytest.mark.parametrize("name", ["label_set", "guideline"])
def test_a_version_that_no_database_can_hold_is_refused_by_itself(browser, sentences, name):
    beyond = op(sentences[0], **{name: 2**31})

    assert browser.statuses(beyond, op(sentences[1])) == ["refused", "applied"]
    assert browser.post(rules={name: 2**31}).status_code == 400


def test_without_ops_nothing_is_written(browser, desk, sentences):
    answer = browser.post(want=5).json()

    assert (answer["acks"], len(answer["window"]), desk.events()) == ([], 5, [])


def test_each_op_gets_its_own_answer_in_order(browser, sentences):
    stale, twice = op(sentences[0], 7), op(sentences[1])

    assert browser.statuses(
        op(sentences[0], labels=["claim"]),
        stale,
        twice,
        twice,
        op(sentences[2], labels=["nonsense"]),
        op(sentences[3], act="skip"),
        "no op",
        op("nowhere:0-1"),
        op(sentences[4]),
    ) == ["applied", "conflict", "applied", "replayed", *["refused"] * 4, "applied"]


def test_a_conflict_shows_both_values(browser, sentences):
    browser.post(op(sentences[0], labels=["claim"]))

    (ack,) = browser.post(op(sentences[0], labels=["dispute"])).json()["acks"]

    assert (ack["status"], ack["current"]["labels"]) == ("conflict", ["claim"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"x-workbench": "0"}, 403),
        ({"x-workbench": ""}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "application/json; charset=utf-8"}, 200),
    ],
)
def test_only_our_own_page_can_send(browser, desk, sentences, headers, status):
    assert browser.post(op(sentences[0]), headers=headers).status_code == status
    assert len(desk.events()) == (status == 200)


@pytest.mark.parametrize("identity", ["", "x", "nobody:1", "a:b", "\xb2:\xb2", "x:99999999999"])
def test_who_is_not_signed_in_is_told_so(browser, desk, sentences, identity):
    answer = browser.post(op(sentences[0]), headers={"x-workbench-uid": identity.encode("latin-1")})

    assert (answer.status_code, desk.events()) == (401, [])


def test_somebody_elses_decisions_are_not_filed_under_this_account(browser, desk, sentences):
    answer = browser.post(op(sentences[0]), reviewer=desk.actor().public_id)

    assert (answer.status_code, desk.events()) == (401, [])
    assert "Somebody else" in answer.json()["error"]


def test_who_was_signed_out_writes_nothing_more(browser, desk, sentences):
    with desk.transaction() as session:
        signed_in = session.get(SignIn, int(browser.identity.partition(":")[2]))
        signed_in.ended_at = desk.now

    assert browser.post(op(sentences[0])).status_code == 401
    assert desk.events() == []


@pytest.mark.parametrize("project", ["elsewhere", "a\0b", "x" * 10_000])
def test_a_project_that_is_not_theirs_is_not_there(browser, project):
    assert browser.post(want=1, project=project).status_code == 404


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff\xfe", b'{"ops": 1}'])
def test_a_body_that_cannot_be_read_is_refused_in_words(browser, body):
    answer = browser.raw(body)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_body_without_an_end_is_not_held_in_memory(browser):
    assert browser.raw(b" " * (MAX_BODY // 10) for _ in range(40)).status_code == 400


def test_more_ops_than_one_request_holds_are_refused_together(browser, desk, sentences):
    answer = browser.post(*[op(sentences[0]) for _ in range(101)])

    assert (answer.status_code, desk.events()) == (400, [])


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"comment": "a\0b"}, "applied"),
        ({"comment": "\U0001f600" * 4000}, "applied"),
        ({"comment": "x" * 4001}, "refused"),
        ({"act": "skip", "reason": "\0"}, "applied"),
        ({"labels": ["\0"]}, "refused"),
        ({"labels": ["claim"] * 9999}, "applied"),
        ({"sentence": "a\0:0-1"}, "refused"),
        ({"sentence": f"a:0-{'9' * 5000}"}, "refused"),
        ({"base_version": 2**31}, "conflict"),
        ({"active_ms": 2**31}, "applied"),
        ({"shown_at": "0001-01-01T00:00:00Z"}, "applied"),
        ({"decided_at": "0001-01-01T00:00:00+01:00"}, "applied"),
        ({"labels": None}, "refused"),
        ({"decided_at": "9999-12-31T23:59:59.999999Z"}, "applied"),
    ],
)
def test_no_value_breaks_the_route(browser, desk, sentences, given, status):
    assert browser.statuses(op(sentences[0]) | given) == [status]
    assert desk.faults() == []


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "1e3", "\0"])
def test_a_cursor_that_is_not_ours_is_refused_in_words(browser, after):
    answer = browser.post(after=after, want=3)

    assert (answer.status_code, "cursor" in answer.json()["error"]) == (400, True)


def test_what_the_browser_holds_already_may_be_anything(browser, sentences):
    held = sentences[0].partition(":")[0]

    assert browser.post(want=3, have=[held, "\0", "x" * 999]).json()["articles"] == {}


def test_a_window_brings_what_was_replied_and_a_bare_answer_does_not(desk, browser, sentences):
    first = sentences[0]
    browser.post(op(first, act="comment", comment="Is it?", mention={"start": 0, "end": 3}))
    manager = desk.actor(Role.MANAGER)
    with desk.transaction() as session:
        asked = {"actor": manager, "slug": desk.project.slug}
        (talk,) = talks.questions(session, **asked).rows
        discussing.reply(
            session, talk=talk.id, op_id=str(uuid.uuid4()), text="It is.", now=desk.now, **asked
        )

    told = browser.post(op(first, 1), want=5).json()["talk"]
    assert (told["n_new"], list(told["threads"])) == (1, [first])
    assert browser.post(op(first, 2)).json()["talk"] is None
