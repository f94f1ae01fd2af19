"""What the database can refuse, in sentences for the operator."""


class DatabaseFault(Exception):  # noqa: N818 - a family name; its members end in Error
    """A fault of the database or its state; the message is one line for a person."""

    exit_code = 1


class BusyError(DatabaseFault):
    """Another writer did not finish in time."""


class FullError(DatabaseFault):
    """There is no room to write; what was stored before is safe."""


class UnreachableError(DatabaseFault):
    """The database does not answer, or broke off; nothing of this transaction was stored."""


class UnsuitableError(DatabaseFault):
    """The place or the server cannot keep what it is given."""


class ReplacedError(UnsuitableError):
    """The database file that is open is not the one under its path any more."""


class DamagedError(DatabaseFault):
    """The database file is not what it should be; it was left as it is."""

    exit_code = 2


class NewerSchemaError(DatabaseFault):
    """A newer version of the workbench made this database; it was left as it is."""

    exit_code = 3
