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
BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
FIELD = rf'(\w+)\s*=\s*({BRACED}|"[^"]*"|\w+)'
ENTRY = rf"(?m)^@\w+\s*\{{\s*([^\s,]+)\s*,((?:[^{{}}]|{BRACED})*)\}}"
LOG = logging.getLogger("mkdocs.hooks.bibliography")  # a warning here fails a strict build
ENTRIES: dict[str, dict[str, str]] = {}


def entries(text: str) -> dict[str, dict[str, str]]:
    """Return the fields of every entry of a BibTeX file, under its key."""
    found = {}
    for key, body in re.findall(ENTRY, text):
        pairs = [(n.lower(), re.sub(r'[{}\\"]', "", v)) for n, v in re.findall(FIELD, body)]
        found[key] = {name: " ".join(value.split()) for name, value in pairs}
    return found


def names(authors: str) -> list[str]:
    """Return the family names in a BibTeX list of authors."""
    people = re.split(r"\s+and\s+", authors)
    return [p.split(",")[0].strip() if "," in p else p.split()[-1] for p in people if p]


def short(entry: dict[str, str], key: str = "") -> str:
    """Return what stands in the text: Fang, Hipel and Kilgour 1993; Li et al. 2005."""
    who = names(entry.get("author", entry.get("editor", entry.get("title", ""))))
    many = len(who) > 3 or who[-1] == "others"
    listed = f"{', '.join(who[:-1])} and {who[-1]}" if len(who) > 1 and not many else who[0]
    letter = re.search(r"\d([a-z]?)$", key)  # 2008a and 2008b are told apart
    year = entry.get("year", "n.d.") + (letter[1] if letter else "")
    return f"{listed}{' et al.' if many else ''} {year}"


def full(entry: dict[str, str]) -> str:
    """Return one line for the bibliography page, in HTML."""
    said = {name: html.escape(value) for name, value in entry.items()}
    where = [f"<em>{said[n]}</em>" for n in ("journal", "booktitle") if n in said]
    where += [said[n] for n in ("series", "school", "institution", "publisher") if n in said]
    if "volume" in said:
        where.append(said["volume"] + (f"({said['number']})" if "number" in said else ""))
    where += [f"pp. {said['pages'].replace('--', '–')}"] if "pages" in said else []
    where += [f"doi:{said['doi']}"] if "doi" in said else []
    who = said.get("author", "").replace(" and others", " et al.").replace(" and ", "; ")
    who += f" ({said.get('year', 'n.d.')})"
    return ". ".join(filter(None, [who, said.get("title", "").rstrip("."), ", ".join(where)]))


def on_files(files: Any, config: Any) -> Any:
    """Read the BibTeX file and add the page made of it."""
    ENTRIES.update(entries(Path(config.docs_dir, "references.bib").read_text("utf-8")))
    lines = ["# Bibliography", "", "What the code, the built-in cases and these pages cite.", ""]
    lines += [f'- <span id="{k}"></span>{full(ENTRIES[k])}. `{k}`' for k in sorted(ENTRIES)]
    files.append(File.generated(config, PAGE, content="\n".join(lines) + "\n"))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turn every ``[Key]_`` into a link to its line in the bibliography."""
    target = posixpath.relpath(PAGE, posixpath.dirname(page.file.src_uri) or ".")

    def link(match: re.Match[str]) -> str:
        if match[1] in ENTRIES:
            return f"[{short(ENTRIES[match[1]], match[1])}]({target}#{match[1]})"
        LOG.warning("%s cites %s, which references.bib does not hold", page.file.src_uri, match[1])
        return match[0]

    return CITED.sub(link, markdown)
