"""The hook that makes the bibliography page; expectations are written from BibTeX's rules."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytest.importorskip("mkdocs")

PATH = Path(__file__).parents[1] / "tools" / "bibliography.py"
SPEC = importlib.util.spec_from_file_location("bibliography", PATH)
bibliography = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bibliography)

# The entries are made up.
TEXT = """
% a comment with an @ sign and a {brace
@book{Rivers1993,
  author    = {Rivers, Ann and Lake, Ben K. and C. D. Pond},
  title     = {Water in {Motion}: a & b},
  publisher = {Spring {\\& {Well}}},
  year      = {1993},
}

@Article{Lake2003a,
  author = "Lake, Ben K. and Rivers, Ann and Pond, C. D.
            and de la Mare, Eve",
  title = {A title
           over two lines.},
  journal = {Tides}, volume = {33}, number = {1}, pages = {42--66},
  year = 2003
}
@misc{Creek2021, author={Creek, G. and others}, title={Wet}, year={2021}}
@misc{Brook2020, author={Brook, F.}, title={Dry}, year={2020}, doi={10.1/x-1}}
"""


@pytest.fixture(scope="module")
def found():
    return bibliography.entries(TEXT)


def test_every_entry_is_found_under_its_key(found):
    assert list(found) == ["Rivers1993", "Lake2003a", "Creek2021", "Brook2020"]


def test_a_value_may_be_braced_quoted_or_bare(found):
    assert found["Rivers1993"]["title"] == "Water in Motion: a & b"
    assert found["Lake2003a"]["title"] == "A title over two lines."
    assert found["Lake2003a"]["year"] == "2003"
    assert found["Lake2003a"]["number"] == "1"
    assert found["Brook2020"]["doi"] == "10.1/x-1"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("Rivers1993", "Rivers, Lake and Pond 1993"),
        ("Lake2003a", "Lake et al. 2003"),
        ("Brook2020", "Brook 2020"),
        ("Creek2021", "Creek et al. 2021"),
    ],
)
def test_what_stands_in_the_text(found, key, said):
    assert bibliography.short(found[key]) == said


def test_a_line_of_the_page(found):
    assert bibliography.full(found["Lake2003a"]) == (
        "Lake, Ben K.; Rivers, Ann; Pond, C. D.; de la Mare, Eve (2003). "
        "A title over two lines. <em>Tides</em>, 33(1), pp. 42–66"
    )
    assert bibliography.full(found["Creek2021"]) == "Creek, G. et al. (2021). Wet"
    assert "a &amp; b" in bibliography.full(found["Rivers1993"])
