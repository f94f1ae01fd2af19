"""Pages as somebody sees them: a database of their own, a real sign-in, no stand-ins."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from factories import Make
from sqlmodel import Session
from streamlit.proto.Dataframe_pb2 import Dataframe as DataframeProto
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from db.engine import Engines, database_now, transaction
from db.models import Project, SignIn
from workbench.services import accounts, annotating, importing, windows
from workbench.services.decisions import Act, Op
from workbench.services.importing import Source
from workbench.services.permissions import OPERATOR, Role

QUAY = b"""Quay reopens after the flood

By Ada Lin

The quay opened on Monday, the port office said. Two ferries came in.

The mayor rejects the figures. *Nobody* else has counted, she said.
"""


def _draw(name: str) -> None:
    from importlib import import_module

    import_module(f"workbench.app_pages.{name}").render()


class Installation:
    """One database with people in it, and the pages as each of them sees them."""

    def __init__(self, engines: Engines) -> None:
        self.engines = engines

    @contextmanager
    def rows(self) -> Iterator[tuple[Session, Make]]:
        """Rows that are committed when the block ends."""
        with transaction(self.engines) as session:
            yield session, Make(session, database_now(session))

    def project(self) -> Project:
        with self.rows() as (_, make):
            return make.project(slug="demo")

    def sign_in(self, role: Role | None, project: Project | None = None) -> str:
        """The identity that the gate would hand over for a person of this role."""
        with self.rows() as (session, make):
            actor = make.actor(None if role is None else project, role=role or Role.REVIEWER)
            signed_in = SignIn(
                token_hash=actor.public_id,
                account_id=actor.account_id or 0,
                created_at=make.now,
                last_seen_at=make.now,
                expires_at=make.now + timedelta(hours=1),
            )
            session.add(signed_in)
            session.flush()
            return f"{actor.public_id}:{signed_in.id}"

    def bring_in(self, **files: bytes) -> list[str]:
        """Import articles into the project `demo`; their ids."""

        @contextmanager
        def open_session() -> Iterator[Session]:
            with transaction(self.engines) as session:
                yield session

        sources = [Source(f"{name}.txt", lambda data=data: data) for name, data in files.items()]
        reports = importing.import_sources(
            open_session, database_now, actor=OPERATOR, project_slug="demo", sources=sources
        )
        return [report.article for report in reports]

    def decide(self, project: Project, *, as_: str, n: int, back: int = 0) -> None:
        """Give a claim to the next sentences of somebody's queue, some days ago."""
        with self.rows() as (session, make):
            actor = accounts.signed_in(session, identity=as_, now=make.now)
            at = make.now - timedelta(days=back)
            place = annotating.take_part(session, actor=actor, project=project, now=at)
            found = windows.open_window(session, actor=actor, project=project, place=place, want=n)
            ops = [
                Op(str(uuid.uuid4()), each["id"], 0, Act.LABEL, ("claim",), active_ms=2000)
                for each in found.items
            ]
            annotating.apply_ops(session, actor=actor, project=project, ops=ops, now=at)

    def open(self, name: str, *, as_: str, **query: str) -> AppTest:
        """A page as this person sees it."""
        page = AppTest.from_function(_draw, kwargs={"name": name}, default_timeout=20)
        page.user = {"uid": as_}
        page.query_params.update(query)
        return page.run()


def component_data(page: AppTest) -> dict[str, Any]:
    """What the one component on the page was given."""
    (component,) = page.get("bidi_component")
    data: dict[str, Any] = json.loads(component.proto.json)
    return data


def choose(page: AppTest, *rows: int, table: int = 0) -> AppTest:
    """Choose rows of one of the tables, as a click in the browser does, and none with none."""
    shown = page.dataframe[table]
    first = shown.value.columns[0]
    by_cell = DataframeProto.SelectionMode.SINGLE_CELL in shown.proto.selection_mode
    cells = [(row, first) for row in rows] if by_cell else []
    selection = {"rows": [] if by_cell else list(rows), "columns": [], "cells": cells}
    page.session_state[shown.key] = {"selection": selection}
    page.run()
    assert not page.exception
    return page


def press_late(page: AppTest, button: Button) -> AppTest:
    """Press a button, and once more while the page from before still stands on the screen.

    On a slow connection that is some seconds: what is sent then is what was sent the first time.
    """
    send = pressed_before(page, button)
    button.click().run()
    assert not page.exception
    return send()


def pressed_before(page: AppTest, button: Button) -> Callable[[], AppTest]:
    """What sends a press of a button as it stands on the screen now, later."""
    button.set_value(True)
    sent = page._tree.get_widget_states()
    button.set_value(False)
    idle = [each for each in sent.widgets if _is_idle(each)]
    for each in idle:  # a browser sends of buttons those that were pressed
        sent.widgets.remove(each)

    def send() -> AppTest:
        page._run(sent)
        assert not page.exception
        return page

    return send


def _is_idle(state: WidgetState) -> bool:
    return state.WhichOneof("value") == "trigger_value" and not state.trigger_value


def words(page: AppTest) -> str:
    """All that the page says by itself, as one text."""
    elements = [*page.title, *page.text, *page.warning, *page.error, *page.markdown, *page.caption]
    return "\n".join(str(element.value) for element in elements)


def told(page: AppTest) -> str:
    """All that the page says, what is drawn as HTML included: quotes, and what came of an act."""
    return "\n".join((words(page), *(str(each.proto.body) for each in page.get("html"))))
