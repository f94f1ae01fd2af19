"""The tables, by aggregate. Everything is imported from here."""

from db.models.accounts import (
    Account,
    Invite,
    InviteProject,
    Membership,
    SignIn,
    SignInFailure,
)
from db.models.annotations import Annotation, AnnotationEvent, AnnotationLabel, AnnotationOrigin
from db.models.articles import Article, ArticleSource, ArticleVersion, Sentence, SentenceOrigin
from db.models.audit import AuditEvent
from db.models.copies import CopySignature
from db.models.identities import AccountIdentity, OidcStart
from db.models.imports import ColumnMapping, ImportBatch
from db.models.leases import (
    Assignment,
    Demand,
    QueueMark,
    Subset,
    SubsetArticle,
    SubsetReviewer,
)
from db.models.naming import metadata
from db.models.projects import Guideline, Label, LabelSet, Project
from db.models.snapshots import Snapshot
from db.models.talks import Remark, RemarkSeen, SharedReply, Talk

__all__ = [
    "Account",
    "AccountIdentity",
    "Annotation",
    "AnnotationEvent",
    "AnnotationLabel",
    "AnnotationOrigin",
    "Article",
    "ArticleSource",
    "ArticleVersion",
    "Assignment",
    "AuditEvent",
    "ColumnMapping",
    "CopySignature",
    "Demand",
    "Guideline",
    "ImportBatch",
    "Invite",
    "InviteProject",
    "Label",
    "LabelSet",
    "Membership",
    "OidcStart",
    "Project",
    "QueueMark",
    "Remark",
    "RemarkSeen",
    "Sentence",
    "SentenceOrigin",
    "SharedReply",
    "SignIn",
    "SignInFailure",
    "Snapshot",
    "Subset",
    "SubsetArticle",
    "SubsetReviewer",
    "Talk",
    "metadata",
]
