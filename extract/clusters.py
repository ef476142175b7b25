"""Clusters of names that hold only while no two of their names are forbidden to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.vetoes import Veto, normal_veto

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


class Clusters:
    """Names joined step by step; a step that would bring a forbidden pair together is refused.

    There are no chains: joining looks at every pair across the two clusters, not only at the
    pair that gave the reason to join. Pairs that were joined as known to be one thing (by the
    alias table, a definition or a user's pin) are exempt from vetoes.

    Args:
        forms: the normal form of each name that vetoes judge, by index.
        keys: the key of each name; names of one key are apart because of their capitals.
    """

    def __init__(self, forms: Sequence[str], keys: Sequence[str]) -> None:
        self._forms = forms
        self._keys = keys
        self._parent = list(range(len(forms)))
        self._members: dict[int, list[int]] = {}
        self._known: set[tuple[str, str]] = set()
        self._forbidden: dict[int, set[int]] = {}

    def find(self, index: int) -> int:
        """The cluster of a name: the least index in it."""
        root = index
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[index] != root:
            self._parent[index], index = root, self._parent[index]
        return root

    def members(self, index: int) -> list[int]:
        """The names in the cluster of `index`, sorted."""
        root = self.find(index)
        return sorted(self._members.get(root, [root]))

    def join(self, a: int, b: int, *, known: bool = False) -> Veto | None:
        """Join the clusters of two names.

        Args:
            a, b: indices of names.
            known: whether the pair is known to be one thing and no veto may look at it. Vetoes
                between their companions still bind.

        Returns:
            The veto that stopped it; None where they are in one cluster now.
        """
        if known:
            self._known.add(self._pair(a, b))
        root_a, root_b = sorted((self.find(a), self.find(b)))
        if root_a == root_b:
            return None
        members_a = self._members.get(root_a, [root_a])
        members_b = self._members.get(root_b, [root_b])
        if self._forbidden and self.are_forbidden(members_a, members_b):
            return Veto.FORBIDDEN
        for x in members_a:
            for y in members_b:
                if self._keys[x] == self._keys[y]:
                    return Veto.CASE
                pair = self._pair(x, y)
                reason = normal_veto(*pair)
                if reason is not None and pair not in self._known:
                    return reason
        self._unite(root_a, root_b)
        return None

    def _unite(self, root_a: int, root_b: int) -> None:
        moved = self._members.pop(root_b, [root_b])
        self._members.setdefault(root_a, [root_a]).extend(moved)
        self._parent[root_b] = root_a

    def pin(self, a: int, b: int) -> bool:
        """Join the clusters of two names whatever the vetoes say, as a user wants it.

        Returns:
            Whether they are in one cluster now; only what is forbidden to be one is not.
        """
        self._known.add(self._pair(a, b))
        root_a, root_b = sorted((self.find(a), self.find(b)))
        if root_a == root_b:
            return True
        members_a, members_b = self.members(root_a), self.members(root_b)
        if self.are_forbidden(members_a, members_b):
            return False
        self._known.update(self._pair(x, y) for x in members_a for y in members_b)
        self._unite(root_a, root_b)
        return True

    def forbid(self, a: int, b: int) -> None:
        """Never let two names be in one cluster, whatever is known of them."""
        self._forbidden.setdefault(a, set()).add(b)
        self._forbidden.setdefault(b, set()).add(a)

    def are_forbidden(self, names_a: Iterable[int], names_b: Collection[int]) -> bool:
        """Whether a name of the first is forbidden to be one with a name of the second."""
        return any(not self._forbidden.get(x, set()).isdisjoint(names_b) for x in names_a)

    def allow(self, indices: Sequence[int]) -> None:
        """Exempt every pair of these names from vetoes."""
        self._known.update(self._pair(a, b) for a in indices for b in indices)

    def _pair(self, a: int, b: int) -> tuple[str, str]:
        x, y = self._forms[a], self._forms[b]
        return (x, y) if x <= y else (y, x)
