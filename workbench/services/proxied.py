"""Sessions of people whom a proxy names: they last as long as it names the same one."""

from sqlmodel import Session

from db.models import Account, SignIn
from workbench.errors import InputError
from workbench.services import names


def is_still(session: Session, *, session_id: int, name: str) -> bool:
    """Whether a session is that of the account with exactly this name."""
    row = session.get(SignIn, session_id)
    account = None if row is None else session.get(Account, row.account_id)
    try:
        return account is not None and account.name == names.cleaned(name)
    except InputError:
        return False
