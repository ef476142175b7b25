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
        self._forms = list(forms)
        self._keys = keys
        self._parent = list(range(len(forms)))
        self._members: dict[int, list[int]] = {}
        # What vetoes look at, once for all members that are alike: form -> how many have it.
        self._judged: dict[int, dict[str, int]] = {}
        self._taken: dict[int, set[str]] = {}
        self._known: set[tuple[str, str]] = set()
        self._forbidden: dict[int, set[int]] = {}
        self._things: dict[int, object] = {}

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

    def has_company(self, index: int) -> bool:
        """Whether a name has been joined with another."""
        return self.find(index) in self._members

    def members_in_order_of_joining(self, root: int) -> Sequence[int]:
        """The names in the cluster of `root`; what comes later stands behind what was there."""
        return self._members.get(root, (root,))

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
            self._known.add(_pair(self._forms[a], self._forms[b]))
        root_a, root_b = sorted((self.find(a), self.find(b)))
        if root_a == root_b:
            return None
        reason = self._reason_against(root_a, root_b)
        if reason is None:
            self._unite(root_a, root_b)
        return reason

    def _reason_against(self, root_a: int, root_b: int) -> Veto | None:
        """The first veto between two clusters."""
        if self._forbidden and self.are_forbidden(
            self._members.get(root_a, [root_a]), self._members.get(root_b, [root_b])
        ):
            return Veto.FORBIDDEN
        if self._are_two_things(root_a, root_b):
            return Veto.LISTED
        if not self._keys_of(root_a).isdisjoint(self._keys_of(root_b)):
            return Veto.CASE
        for x in self._forms_of(root_a):
            for y in self._forms_of(root_b):
                if x != y:
                    pair = _pair(x, y)
                    reason = normal_veto(*pair)
                    if reason is not None and pair not in self._known:
                        return reason
        return None

    def _are_two_things(self, root_a: int, root_b: int) -> bool:
        things = self._things
        return root_a in things and root_b in things and things[root_a] != things[root_b]

    def _forms_of(self, root: int) -> dict[str, int]:
        return self._judged.get(root) or {self._forms[root]: 1}

    def _keys_of(self, root: int) -> set[str]:
        return self._taken.get(root) or {self._keys[root]}

    def _unite(self, root_a: int, root_b: int) -> None:
        forms, taken = self._forms_of(root_a), self._keys_of(root_a)
        for form, count in self._forms_of(root_b).items():
            forms[form] = forms.get(form, 0) + count
        taken |= self._keys_of(root_b)
        self._judged[root_a], self._taken[root_a] = forms, taken
        self._judged.pop(root_b, None)
        self._taken.pop(root_b, None)
        moved = self._members.pop(root_b, [root_b])
        self._members.setdefault(root_a, [root_a]).extend(moved)
        self._parent[root_b] = root_a
        if root_b in self._things:
            self._things.setdefault(root_a, self._things.pop(root_b))

    def say_what_it_is(self, index: int, thing: object) -> None:
        """Let the cluster of a name be joined only with those that are the same thing or unsaid."""
        self._things.setdefault(self.find(index), thing)

    def judge_as(self, a: int, b: int) -> None:
        """Judge a name by the form of another from now on, as a misspelled one by the right one."""
        old, new = self._forms[a], self._forms[b]
        self._forms[a] = new
        judged = self._judged.get(self.find(a))
        if judged is not None and old != new:
            judged[new] = judged.get(new, 0) + 1
            judged[old] -= 1
            if not judged[old]:
                del judged[old]

    def pin(self, a: int, b: int) -> bool:
        """Join the clusters of two names whatever the vetoes say, as a user wants it.

        Returns:
            Whether they are in one cluster now; only what is forbidden to be one is not.
        """
        self._known.add(_pair(self._forms[a], self._forms[b]))
        root_a, root_b = sorted((self.find(a), self.find(b)))
        if root_a == root_b:
            return True
        if self.are_forbidden(self.members(root_a), self.members(root_b)):
            return False
        self._known.update(
            _pair(x, y) for x in self._forms_of(root_a) for y in self._forms_of(root_b)
        )
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
        forms = {self._forms[index] for index in indices}
        self._known.update(_pair(x, y) for x in forms for y in forms)


def _pair(x: str, y: str) -> tuple[str, str]:
    return (x, y) if x <= y else (y, x)
