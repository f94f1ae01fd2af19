"""One of two processes dies while somebody works: the other one takes over."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from team import team

from db import schema
from db.engine import database_now, engines, transaction
from tests.e2e.annotator_page import AnnotatorPage
from workbench import samples
from workbench.services import accounts

KEYS = "1234512"


@pytest.fixture(scope="module")
def ours(postgres_url, tmp_path_factory):
    """Two processes behind a proxy, with an owner and the sample articles."""
    admin = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS dying_process WITH (FORCE)")
        connection.exec_driver_sql("CREATE DATABASE dying_process")
    admin.dispose()
    place = sa.make_url(postgres_url).set(database="dying_process")
    url = place.render_as_string(hide_password=False)
    schema.prepare(pair := engines(url))
    with transaction(pair) as session:
        now = database_now(session)
        token = accounts.first_link(session, now=now)
        accounts.become_owner(session, token=token, name="Ada", now=now, browser="", address="")
    with team(url, tmp_path_factory.mktemp("home")) as found:
        found.create("default")
        found.bring("default", {path.name: path.read_bytes() for path in samples.paths()})
        yield found


def test_a_reviewer_goes_on_with_the_other_process_and_nothing_is_lost_or_doubled(ours, visit):
    name = ours.add("reviewer")
    visitor = visit(name, ours.url)
    visitor.may_lose_connections = True
    visitor.page.goto(ours.link(name))
    annotator = AnnotatorPage(visitor, ours).ready()
    victim = ours.process_of(visitor.context.cookies())
    queue = ours.queue()

    annotator.press(*KEYS[:3])
    annotator.has_sent_all()
    annotator.press(KEYS[3])  # on its way while the process dies
    victim.kill()
    annotator.press(*KEYS[4:])
    annotator.has_sent_all()

    assert [event.sentence for event in ours.events(name)] == queue[: len(KEYS)]
    assert len({event.op_id for event in ours.events(name)}) == len(KEYS)
    assert ours.process_of(visitor.context.cookies()) is not victim
    annotator.shows(queue[len(KEYS)])
    annotator.reload().shows(queue[len(KEYS)])  # still signed in, where she was
    annotator.page.get_by_role("link", name="Your labels").first.click()
    expect(annotator.page.get_by_role("heading", name="Your labels")).to_be_visible()
    assert ours.faults() == []
    victim.start()
