"""One role for one concept of one type in one paper: where mentions disagree, the strongest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.errors import UsageError
from extract.records import ROLES_BY_TYPE, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.records import Mention


def fitting_roles(type_: str) -> tuple[Role, ...]:
    """The roles that fit a type, strongest first; only `mentions` fits a type of the user's own.

    >>> [str(role) for role in fitting_roles("Metric")]
    ['proposes', 'reports', 'mentions']
    >>> [str(role) for role in fitting_roles("Chemical")]
    ['mentions']
    """
    return ROLES_BY_TYPE.get(type_, (Role.MENTIONS,))


def concept_of_mention(mention: Mention, concept_of: Mapping[tuple[str, str, str], str]) -> str:
    """The id of the concept that a mention names.

    Args:
        mention: any mention.
        concept_of: concept id by (paper id, surface text, mention type), as resolution gives it.

    Raises:
        UsageError: resolution did not see this mention.
    """
    concept = concept_of.get((mention.paper, mention.text, mention.type))
    if concept is None:
        raise UsageError(
            f"The mention {mention.text!r} ({mention.type}) of paper {mention.paper} has no"
            " concept: resolve all mentions before roles are unified or a graph is made of them."
        )
    return concept


def unify_roles(
    mentions: Iterable[Mention], concept_of: Mapping[tuple[str, str, str], str]
) -> list[Mention]:
    """Give all mentions of one concept and type in one paper the strongest of their roles.

    A mention keeps its type: what a paper uses as a method and addresses as a task keeps a role
    for each.

    Args:
        mentions: of any number of papers, in any order.
        concept_of: concept id by (paper id, surface text, mention type).

    Returns:
        The mentions in the order given, those with a weaker or less sure role replaced.

    Raises:
        UsageError: a role does not fit its mention's type, or a mention has no concept.
    """
    listed = list(mentions)
    groups = [(m.paper, concept_of_mention(m, concept_of), m.type) for m in listed]
    strongest: dict[tuple[str, str, str], tuple[int, float]] = {}
    for group, mention in zip(groups, listed, strict=True):
        # The surest of those with the strongest role: a less sure one does not make it less sure.
        rank = _rank(mention), -mention.role_confidence
        strongest[group] = min(rank, strongest.get(group, rank))
    return [
        _with_role(mention, *strongest[group])
        for group, mention in zip(groups, listed, strict=True)
    ]


def _rank(mention: Mention) -> int:
    """Place of the mention's role among those that fit its type; 0 is the strongest."""
    roles = fitting_roles(mention.type)
    for rank, role in enumerate(roles):
        if role == mention.role:
            return rank
    raise UsageError(
        f"The role {mention.role!r} of {mention.text!r} in paper {mention.paper} does not fit the"
        f" type {mention.type!r}: expected one of {', '.join(roles)}."
    )


def _with_role(mention: Mention, rank: int, minus_confidence: float) -> Mention:
    role = fitting_roles(mention.type)[rank]
    if mention.role == role and mention.role_confidence == -minus_confidence:
        return mention
    return replace(mention, role=role, role_confidence=-minus_confidence)
