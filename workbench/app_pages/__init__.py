"""The screens: one file, one public render(), and here the list of them all."""

from dataclasses import dataclass
from typing import Literal

Audience = Literal["everybody", "managers", "choosers"]


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the workbench.

    Attributes:
        module: The file that draws it, in this folder.
        title: Its name in the header and in the browser tab.
        address: Its part of the address; the first page stands at the root too.
        shown_to: Whom the header offers it: everybody, who manages a project, or, of the choice
            of projects, who has several. Whoever else opens its address is told who may.
    """

    module: str
    title: str
    address: str
    shown_to: Audience = "everybody"


# Names only: the server knows its addresses by them without importing a single screen.
SCREENS = (
    Screen("annotate", "Annotate", "annotate"),
    Screen("articles", "Articles", "articles"),
    Screen("guideline", "Guideline", "guideline"),
    Screen("own_labels", "Your labels", "own-labels"),
    Screen("discussion", "Discussion", "discussion"),
    Screen("progress", "Progress", "progress"),
    Screen("queue", "Queue", "queue", "managers"),
    Screen("importing", "Import", "import", "managers"),
    Screen("export", "Export", "export", "managers"),
    Screen("label_set", "Label set", "label-set", "managers"),
    Screen("people", "People", "people", "managers"),
    Screen("projects", "Projects", "projects", "choosers"),
    Screen("audit", "Audit log", "audit-log", "managers"),
    Screen("account", "Account", "account"),
)
