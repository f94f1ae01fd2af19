"""Where a database stands is known without loading Alembic, and is what Alembic would say."""

import subprocess
import sys

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from db import schema
from db.engine import engines


def test_the_revisions_read_from_the_files_are_those_of_alembic():
    script = ScriptDirectory.from_config(schema._config())
    steps = {step.revision: step.down_revision for step in script.walk_revisions()}

    assert schema.revisions() == steps
    assert schema._head() == script.get_current_head()


def test_a_database_stands_where_alembic_says(empty_url):
    pair = engines(empty_url)
    assert schema.prepare(pair).revision is None
    found = schema.state(pair)
    with pair.read.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()

    assert found.is_current
    assert found.revision == revision == found.head


def test_what_few_commands_need_is_not_loaded_for_the_others():
    heavy = ("alembic", "pyarrow", "argon2", "py3langid", "punkt", "rensa", "streamlit")
    asked = (
        "import sys; from workbench import cli; from workbench.services import exporting; "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)

    assert answer.stdout.strip() == "[]", answer.stderr
