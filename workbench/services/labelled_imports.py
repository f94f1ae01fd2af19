"""Bring back what was labelled: our own exports and those of other tools, with their labels.

A record of our own export says which article and place it is: its article is found, or rebuilt.
A text of another tool is the sentence of that wording, or, where there is none, an article of its
own. Everybody who labelled gets an account that nobody signs in to, and their answers become
events as if they had been given here.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import arrivals
from workbench.formats.labelled import LabelledFound
from workbench.services.import_parts import Pace
from workbench.services.import_reports import FileReport
from workbench.services.labelled_articles import rebuilt
from workbench.services.labelled_files import Reading
from workbench.services.labelled_places import Wordings
from workbench.services.labelled_storing import Known, store_part
from workbench.services.labelled_surveys import in_parts, surveyed
from workbench.services.labelled_tallies import LabelledTally
from workbench.services.permissions import Actor, Permission, check

Step = Callable[..., None]
"""Stores a part: takes the session, the tally, who imports, the project, the import and when."""


def take_in(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    batch: int,
    file: str,
    read: Reading,
    now: datetime,
) -> FileReport:
    """Bring in the labels of one file, and the articles that it tells of and the project lacks.

    Args:
        session: The transaction: all good records of the file are in, or none.
        actor: Who imports.
        project: Where to.
        batch: The number of the import.
        file: The file's name.
        read: Reads the file from its beginning, as often as it is called.
        now: When.

    Returns:
        The report; every record that was not taken is among its faults.

    Raises:
        NotAllowedError: The actor may not import.
        InputError: It names a version of the label set that cannot be.
        ReaderError: The file as a whole cannot be read.
    """
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    tally = LabelledTally(file)
    given: dict[str, Any] = {"actor": actor, "project": project, "batch": batch, "now": now}
    with read.by_article() as again:
        known = surveyed_file(again(), project=project, file=file)
        for step in chain(looks(known), stores(known, known.survey.found or again())):
            step(session, tally, **given)
    return tally.report()


def surveyed_file(found: Iterable[LabelledFound], *, project: Project, file: str) -> Known:
    """Look a file through whose texts stand by article.

    Raises:
        ReaderError: The file as a whole cannot be read.
    """
    survey = surveyed(found)
    return Known(file, survey, Wordings(project_id=project.id, wanted=survey.wordings))


def looks(known: Known) -> Iterator[Step]:
    """The steps that see what of a file is here before anything of it is stored."""
    if known.survey.names:
        yield partial(_look_for_articles, known)
    while not known.wordings.is_complete:
        yield partial(_look_around, known.wordings)


def stores(
    known: Known, found: Iterable[LabelledFound], *, pace: Pace | None = None
) -> Iterator[Step]:
    """The steps that store a file, after those that look: each in a transaction, or all in one.

    Whatever is read of the file, and can be done without the database, is done between them.
    Everybody's first answer comes before all others: who came first in an export comes first
    here, and so has the same number in the next one.

    Args:
        known: What is known of the file.
        found: Its texts and faults, those of one article one after the other.
        pace: How much a step stores.
    """
    pace = pace or Pace()
    firsts = known.survey.first_parts(pace)
    is_begun = len(firsts) > 1
    done = set() if is_begun else {one.where for part in firsts for one in part.texts()}
    others = in_parts((one for one in found if one.where not in done), pace)
    for part in chain(firsts, others):
        for name in part.groups.keys() - known.there - known.reported - {""}:
            part.rebuilt[name] = rebuilt(part.groups[name])
        yield partial(store_part, part, known)


def _look_for_articles(
    known: Known, session: Session, *_: Any, project: Project, **__: Any
) -> None:
    names = known.survey.names
    known.there.update(arrivals.known(session, project_id=project.id, public_ids=names))


def _look_around(wordings: Wordings, session: Session, *_: Any, **__: Any) -> None:
    wordings.read_some(session)
