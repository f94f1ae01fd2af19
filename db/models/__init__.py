"""The tables, by aggregate. Everything is imported from here."""

from db.models.accounts import Account, Invite, Membership, SignIn, SignInFailure
from db.models.annotations import Annotation, AnnotationEvent, AnnotationLabel
from db.models.articles import Article, ArticleSource, Sentence
from db.models.audit import AuditEvent
from db.models.copies import CopySignature
from db.models.naming import metadata
from db.models.projects import Guideline, Label, LabelSet, Project

__all__ = [
    "Account",
    "Annotation",
    "AnnotationEvent",
    "AnnotationLabel",
    "Article",
    "ArticleSource",
    "AuditEvent",
    "CopySignature",
    "Guideline",
    "Invite",
    "Label",
    "LabelSet",
    "Membership",
    "Project",
    "Sentence",
    "SignIn",
    "SignInFailure",
    "metadata",
]
