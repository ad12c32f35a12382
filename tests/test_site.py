"""The documentation as a whole: it builds, links lead on, citations exist, nothing is left out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from detente.cli import COMMANDS
from detente.stability.registry import CONCEPTS

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PROSE = [
    *sorted(ROOT.glob("*.md")),
    *(p for d in ("docs", "benchmarks", "src") for p in sorted((ROOT / d).rglob("*.md"))),
]
REFERENCES = ROOT / "docs" / "references.bib"
CITED = re.compile(r"\[([A-Z][A-Za-z]+\d{4}[a-z]?)\]_")


def name(path: Path) -> str:
    """The path from the root."""
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site; building fails on any warning, such as a broken link."""
    pytest.importorskip("mkdocs")
    made = tmp_path_factory.mktemp("site")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", made],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return made


def test_a_page_of_the_site_asks_nothing_of_another_host(site):
    asking = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=\"?(?:https?:)?//")
    pages = list(site.rglob("*.html"))
    assert len(pages) > len(DOCS)
    assert [p.name for p in pages if asking.search(p.read_text("utf-8"))] == []


def test_every_citation_in_a_page_of_the_site_is_a_link(site):
    left = [p.name for p in site.rglob("*.html") if CITED.search(p.read_text("utf-8"))]
    assert left == []


def test_the_bibliography_of_the_site_holds_every_entry(site):
    page = (site / "reference" / "bibliography.html").read_text("utf-8")
    assert [key for key in keys() if f'id="{key}"' not in page] == []


def keys() -> list[str]:
    """The keys of the BibTeX file, in order."""
    return re.findall(r"^@\w+\s*\{\s*([^\s,]+)", REFERENCES.read_text("utf-8"), re.MULTILINE)


def test_keys_are_unique():
    assert len(keys()) == len(set(keys())) > 0


def test_everything_cited_is_in_the_references():
    known = set(keys())
    files = [f for d in ("src", "docs", "tests") for f in (ROOT / d).rglob("*.[pm][yd]")]
    cited = {(name(f), key) for f in files for key in CITED.findall(f.read_text("utf-8"))}
    assert cited, "the pattern of a citation no longer fits"
    assert sorted(c for c in cited if c[1] not in known) == []


@pytest.mark.parametrize("page", PROSE, ids=name)
def test_links_between_files_lead_somewhere(page):
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", text)
    made = {ROOT / "docs" / "reference" / "bibliography.md"}
    lost = [t for t in targets if (f := (page.parent / t).resolve()) not in made and not f.exists()]
    assert lost == []


@pytest.mark.parametrize("page", PROSE, ids=name)
def test_files_that_a_page_names_are_there(page):
    folders = "src|tests|docs|tools|benchmarks"
    named = re.findall(rf"`((?:{folders})/[^`\s<>]*)`", page.read_text("utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PROSE, ids=name)
def test_no_page_is_a_stub(page):
    text = page.read_text("utf-8")
    assert len(text.split()) > 40
    assert not re.search(r"\b(?:TODO|FIXME|TBD|coming soon)\b", text, re.IGNORECASE)


# --- nothing is left out ----------------------------------------------------------------------


def test_the_page_of_concepts_says_what_the_registry_says():
    page = (ROOT / "docs" / "reference" / "concepts.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines()]
    shown = [row for row in rows if len(row) == 5 and row[0].startswith("`")]
    assert shown == [
        [
            f"`{c.name}`",
            c.title,
            f"a {c.over}",
            c.meaning,
            ", ".join(f"[{r}]_" for r in c.references),
        ]
        for c in CONCEPTS.values()
    ]


def test_every_concept_is_defined():
    page = (ROOT / "docs" / "explanation" / "definitions.md").read_text("utf-8")
    assert [name for name in CONCEPTS if f"`{name}`" not in page] == []


def test_every_command_is_documented():
    pages = "".join(page.read_text("utf-8") for page in DOCS)
    assert [name for name in COMMANDS if f"detente {name}" not in pages] == []
