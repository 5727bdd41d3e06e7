"""The licence gate holds, and would notice a package that may not be passed on."""

from __future__ import annotations

import pytest

from tests import licences


def test_every_package_users_install_has_a_licence_of_the_list() -> None:
    assert len(licences.needed()) > 30
    assert licences.problems() == []


@pytest.mark.parametrize("said", [["GPL-3.0-only"], ["MIT", "AGPL-3.0-or-later"], [], ["Proprietary"]])
def test_another_licence_is_noticed(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "licences", lambda name: said if name == "rich" else ["MIT"])
    assert [one.split()[0] for one in licences.problems()] == ["rich"]


def test_a_choice_of_licences_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "licences", lambda name: ["Apache-2.0 OR GPL-3.0-only"])
    assert licences.problems() == []
