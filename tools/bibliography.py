"""A mkdocs hook: the bibliography page out of references.bib, and a link for every ``[Key]_``."""

from __future__ import annotations

import html
import logging
import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

PAGE = "reference/bibliography.md"
CITED = re.compile(r"\[([A-Z][A-Za-z]+\d{4}[a-z]?)\]_")
LOG = logging.getLogger("mkdocs.hooks.bibliography")  # a warning here fails a strict build


def entries(text: str) -> dict[str, dict[str, str]]:
    """Return the fields of every entry of a BibTeX file, under its key."""
    found = {}
    for entry in re.split(r"^@", text, flags=re.MULTILINE)[1:]:
        if head := re.match(r"(\w+)\s*\{\s*([^\s,]+)\s*,", entry):
            fields = re.findall(r'^\s*(\w+)\s*=\s*[{"]?(.*?)[}"]?,?\s*\}?$', entry, re.MULTILINE)
            plain = {name.lower(): re.sub(r"[{}]", "", value) for name, value in fields}
            found[head[2]] = plain | {"kind": head[1].lower()}
    return found


def names(authors: str) -> list[str]:
    """Return the family names in a BibTeX list of authors."""
    people = re.split(r"\s+and\s+", authors)
    return [p.split(",")[0].strip() if "," in p else p.split()[-1] for p in people if p]


def short(entry: dict[str, str]) -> str:
    """Return what stands in the text: Fang, Hipel and Kilgour 1993; Li et al. 2005."""
    who = names(entry.get("author", entry.get("editor", entry.get("title", ""))))
    listed = f"{', '.join(who[:-1])} and {who[-1]}" if 1 < len(who) < 4 else who[0]
    return f"{listed}{' et al.' if len(who) > 3 else ''} {entry.get('year', 'n.d.')}"


def full(entry: dict[str, str]) -> str:
    """Return one line for the bibliography page, in HTML."""
    said = {name: html.escape(value) for name, value in entry.items()}
    where = [f"<em>{said[n]}</em>" for n in ("journal", "booktitle") if n in said]
    where += [said[n] for n in ("series", "school", "institution", "publisher") if n in said]
    if "volume" in said:
        where.append(said["volume"] + (f"({said['number']})" if "number" in said else ""))
    where += [f"pp. {said['pages'].replace('--', '–')}"] if "pages" in said else []
    where += [f"doi:{said['doi']}"] if "doi" in said else []
    title = said.get("title", "").rstrip(".")
    people = said.get("author", "").replace(" and ", "; ")
    return ". ".join(
        filter(None, [f"{people} ({said.get('year', 'n.d.')})", title, ", ".join(where)])
    )


def on_files(files: Any, config: Any) -> Any:
    """Read the BibTeX file and add the page made of it."""
    global ENTRIES
    ENTRIES = entries(Path(config.docs_dir, "references.bib").read_text("utf-8"))
    lines = ["# Bibliography", "", "What the code, the built-in cases and these pages cite.", ""]
    for key in sorted(ENTRIES, key=lambda k: (names(ENTRIES[k].get("author", k)), k)):
        lines.append(f'- <span id="{key}"></span>{full(ENTRIES[key])}. `{key}`')
    files.append(File.generated(config, PAGE, content="\n".join(lines) + "\n"))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turn every ``[Key]_`` into a link to its line in the bibliography."""
    target = posixpath.relpath(PAGE, posixpath.dirname(page.file.src_uri) or ".")

    def link(match: re.Match[str]) -> str:
        if match[1] in ENTRIES:
            return f"[{short(ENTRIES[match[1]])}]({target}#{match[1]})"
        LOG.warning("%s cites %s, which references.bib does not hold", page.file.src_uri, match[1])
        return match[0]

    return CITED.sub(link, markdown)
