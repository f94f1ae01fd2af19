"""What can go wrong, in sentences for the user, each with its HTTP status."""


class WorkbenchError(Exception):
    """A fault that a person can read: what was wrong, where, and what to do, on one line."""

    status = 400


class InputError(WorkbenchError):
    """What came in cannot be used."""


class SignedOutError(WorkbenchError):
    """Nobody is signed in, or somebody else than the sender says."""

    status = 401


class NotAllowedError(WorkbenchError):
    """Somebody is signed in and may not do this."""

    status = 403


class NotFoundError(WorkbenchError):
    """There is no such thing, or it is not the actor's to see."""

    status = 404


class TakenError(WorkbenchError):
    """The name or the place is taken."""

    status = 409


class ThrottledError(WorkbenchError):
    """Too many tries: wait.

    Attributes:
        retry_after: Seconds until the next try is looked at.
    """

    status = 429

    def __init__(self, message: str, *, retry_after: int) -> None:
        """Keep the sentence and the seconds to wait."""
        super().__init__(message)
        self.retry_after = retry_after


class AwayError(WorkbenchError):
    """What somebody else runs does not answer; ours goes on."""

    status = 503


class SetupError(WorkbenchError):
    """The workbench cannot start as it is set up.

    Attributes:
        exit_code: What a command exits with: 1, 2 for a damaged database, 3 for a newer one.
    """

    status = 503

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        """Keep the sentence and the exit code."""
        super().__init__(message)
        self.exit_code = exit_code


class OutputError(WorkbenchError):
    """Standard output took no more.

    Attributes:
        exit_code: What a command exits with: 141 where the reader left, as a shell calls it.
        is_left: Whether its reader had enough and closed it, as `head` does: no fault.
    """

    def __init__(self, message: str, *, is_left: bool) -> None:
        """Keep the sentence and whether it needs to be said."""
        super().__init__(message)
        self.is_left = is_left
        self.exit_code = 141 if is_left else 1
