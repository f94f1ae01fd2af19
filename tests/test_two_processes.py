"""Two processes on one PostgreSQL, behind a proxy: whichever is asked, it is the same workbench."""

import http.client
import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from running import until
from team import ask, label, team

from db.engine import database_now, reading, transaction
from db.models import Account, AuditEvent, SignInFailure
from db.models.naming import table
from tests.bench import fill
from workbench.services import accounts, guidelines, queue_settings
from workbench.services.permissions import OPERATOR
from workbench.services.queue_settings import QueueSettings

N_SENTENCES = 20_000  # some 20 MB of JSONL: more than all the sockets between hold back
FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def ours(postgres_url, tmp_path_factory):
    """The two processes, with many articles, and people who wait to be somebody in a test."""
    admin = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS two_processes WITH (FORCE)")
        connection.exec_driver_sql("CREATE DATABASE two_processes")
    admin.dispose()
    place = sa.make_url(postgres_url).set(database="two_processes")
    url = place.render_as_string(hide_password=False)
    pair = fill.open_empty(url)
    fill.articles(pair, N_SENTENCES)
    people = iter(fill.people(pair, 12))
    with team(url, tmp_path_factory.mktemp("home")) as found:
        found.people = people
        yield found


@pytest.fixture
def ada(ours):
    """A reviewer whom no other test has met, signed in."""
    return next(ours.people)


def post(port, person, *ops, **more):
    body = {"project": fill.SLUG, "reviewer": person.public_id, "ops": ops} | more
    status, _, content = ask(port, "POST", "/api/ops", body, cookie=person.cookie)
    return status, json.loads(content)


def sentences(ours, person):
    _, answer = post(ours.ports[0], person, want=40)
    return [item["id"] for item in answer["window"]]


def at_once(*acts):
    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(act) for act in acts]]


def rows(ours, model, **values):
    with reading(ours.engines) as session:
        found = table(model)
        return session.execute(sa.select(found).filter_by(**values).order_by(found.c.id)).all()


def test_each_process_and_the_proxy_say_that_they_are_well(ours):
    assert [ask(port, "GET", "/healthz")[0] for port in (*ours.ports, ours.proxy.port)] == [200] * 3


def test_who_is_signed_in_is_so_at_both_and_signed_out_at_both(ours, ada):
    first, second = ours.ports
    assert [post(port, ada)[0] for port in ours.ports] == [200, 200]

    ask(first, "POST", "/signout", cookie=ada.cookie)
    assert post(second, ada)[0] == 401


def test_a_one_time_link_lets_one_in_though_both_are_asked_at_once(ours, ada):
    token = ours.link(ada.name).partition("token=")[2]

    def open_at(port):
        body = urlencode({"token": token})
        return ask(port, "POST", "/signin", body, **FORM)[0]

    statuses = at_once(*(lambda port=port: open_at(port) for port in ours.ports * 2))
    assert sorted(statuses)[0] == 303
    assert [status for status in statuses if status == 303] == [303]


def test_wrong_passwords_are_counted_over_both(ours, ada):
    body = urlencode({"name": ada.name, "password": "not the right one"})
    turns = itertools.cycle(ours.ports)
    statuses = [ask(next(turns), "POST", "/signin", body, **FORM)[0] for _ in range(6)]
    assert 429 not in statuses[:5]
    assert statuses[5] == 429


def test_one_op_sent_to_both_at_once_is_stored_once(ours, ada):
    op = label(sentences(ours, ada)[0])
    answers = at_once(*(lambda port=port: post(port, ada, op) for port in ours.ports * 4))
    statuses = sorted(answer["acks"][0]["status"] for _, answer in answers)
    assert statuses == ["applied"] + ["replayed"] * 7


def test_tabs_of_one_reviewer_at_both_at_once_make_one_chain(ours, ada):
    queue = sentences(ours, ada)[:32]
    turns = zip(queue, itertools.cycle(ours.ports))
    answers = at_once(*(lambda s=s, p=p: post(p, ada, label(s)) for s, p in turns))
    assert [answer["acks"][0]["status"] for _, answer in answers] == ["applied"] * 32
    assert ours.faults() == []


def test_of_two_tabs_at_different_processes_the_second_is_told_of_the_first(ours, ada):
    first, second = ours.ports
    sentence = sentences(ours, ada)[0]
    post(first, ada, label(sentence, 0, "claim"))
    _, answer = post(second, ada, label(sentence, 0, "dispute"))
    (ack,) = answer["acks"]
    assert (ack["status"], ack["current"]["labels"]) == ("conflict", ["claim"])


@pytest.fixture
def leased(ours):
    """A project each of whose sentences needs one reviewer, and four who sign in at both."""
    slug = "leased"
    ours.create(slug, quay="\n".join(f"Pier {n} was closed on Monday." for n in range(200)))
    with transaction(ours.engines) as session:
        queue_settings.change(
            session,
            actor=OPERATOR,
            slug=slug,
            settings=QueueSettings(overlap=1),
            now=database_now(session),
        )
    names = [ours.add("reviewer", slug, name=f"Walker of pier {n}") for n in range(4)]
    return [signed_in(ours, *each) for each in zip(names, ours.ports * 2, strict=True)]


def signed_in(ours, name, port):
    token = ours.link(name).partition("token=")[2]
    _, headers, _ = ask(port, "POST", "/signin", urlencode({"token": token}), **FORM)
    cookie = headers["set-cookie"].partition("workbench=")[2].partition(";")[0]
    (account,) = rows(ours, Account, name=name)
    return fill.Person(name, account.id, account.public_id, cookie)


def test_no_sentence_is_given_to_two_though_both_give_them_out_at_once(ours, leased):
    def held(port, person):
        return [item["id"] for item in post(port, person, project="leased", want=40)[1]["window"]]

    turns = list(zip(itertools.cycle(ours.ports), leased, strict=False))
    windows = at_once(*(lambda port=port, who=who: held(port, who) for port, who in turns))
    given = list(itertools.chain(*windows))
    assert all(windows)
    assert len(given) == len(set(given))

    first, second = ours.ports
    acts = [
        lambda port=port, who=who, sentence=sentence: post(
            port, who, label(sentence), project="leased"
        )
        for who, window in zip(leased, windows, strict=True)
        for port, sentence in zip((first, second), window, strict=False)
    ]
    assert {answer["acks"][0]["status"] for _, answer in at_once(*acts)} == {"applied"}
    assert ours.faults() == []


def test_a_new_guideline_is_told_by_both(ours, ada):
    def told(port):
        return post(port, ada, rules={"label_set": 1, "guideline": 1})[1]["notice"]

    assert [told(port) for port in ours.ports] == [None, None]
    with transaction(ours.engines) as session:
        guidelines.save(
            session,
            actor=OPERATOR,
            slug=fill.SLUG,
            text="# Other",
            base_version=1,
            note="Rules change",
            now=database_now(session),
        )
    assert [told(port) for port in ours.ports] == [{"kind": "guideline", "version": 2}] * 2


def test_the_address_of_a_sign_in_is_the_visitors_and_not_what_they_claim(ours, ada):
    def sign_in(port, source, **headers):
        token = ours.link(ada.name).partition("token=")[2]
        body = urlencode({"token": token})
        status, *_ = ask(port, "POST", "/signin", body, source=source, **FORM, **headers)
        assert status == 303
        newest = rows(ours, AuditEvent, actor_id=ada.account_id)[-1]
        assert newest.act.startswith("sign_in")
        return newest.address

    assert sign_in(ours.proxy.port, "127.0.0.2") == "127.0.0.2"
    assert sign_in(ours.proxy.port, "127.0.0.2", x_forwarded_for="198.51.100.7") == "127.0.0.2"
    # Past the proxy: from no address that is trusted.
    assert sign_in(ours.ports[0], "127.0.0.3", x_forwarded_for="198.51.100.7") == "127.0.0.3"


def test_wrong_passwords_are_counted_for_the_visitors_address(ours, ada):
    body = urlencode({"name": "nobody at all", "password": "not the right one"})
    claimed = {"x_forwarded_for": "198.51.100.8"}
    ask(ours.proxy.port, "POST", "/signin", body, source="127.0.0.4", **FORM, **claimed)
    assert len(rows(ours, SignInFailure, address="127.0.0.4")) == 1
    assert rows(ours, SignInFailure, address="198.51.100.8") == []


def n_transactions(ours):
    return ours.rows(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
    )[0]["count"]


def test_an_export_begins_before_it_is_read_to_its_end(ours):
    (manager,) = fill.people(ours.engines, 1, role="manager")
    connection = http.client.HTTPConnection("127.0.0.1", ours.proxy.port, timeout=30)
    path = f"/export/{fill.SLUG}/latest.jsonl?labels=all"
    connection.request("GET", path, headers={"cookie": f"workbench={manager.cookie}"})
    answer = connection.getresponse()
    first = answer.read(1000)

    assert (answer.status, first[:10]) == (200, b'{"schema":')
    assert n_transactions(ours) > 0  # still at its rows: it waits for whoever reads
    assert (first + answer.read()).count(b"\n") == N_SENTENCES
    connection.close()
    until(lambda: n_transactions(ours) == 0)


def test_who_is_disabled_is_out_at_both(ours, ada):
    with transaction(ours.engines) as session:
        accounts.disable(session, actor=OPERATOR, name=ada.name, now=database_now(session))
    assert [post(port, ada)[0] for port in ours.ports] == [403, 403]
