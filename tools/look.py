"""Take pictures of a dossier as readers meet it: ``python tools/look.py CASE FOLDER``.

Three widths, light and dark, the whole page each, and the page printed on A4. For people who work
on the page; the tests look at the same things by themselves.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import chromium

from detente.questions.brief import brief


def look(case: str, folder: Path) -> tuple[Path, list[str]]:
    """Write the dossier, its pictures and its print.

    Parameters
    ----------
    case : str
        As for ``detente brief``.
    folder : Path
        Gets a folder with the case's name.

    Returns
    -------
    Path
        That folder.
    list of str
        What the page did that it must not do, such as an error of its script.
    """
    program = chromium.found()
    if program is None:
        raise SystemExit("error: no browser. Install one: apt-get install chromium")
    where = folder / Path(case).resolve().name.removesuffix(".yaml")
    where.mkdir(parents=True, exist_ok=True)
    page_file = where / "dossier.html"
    page_file.write_text(brief(case).html(), "utf-8")
    told: list[str] = []
    with chromium.started(program) as browser:
        for scheme in chromium.SCHEMES:
            for width in chromium.WIDTHS:
                with chromium.opened(browser, page_file, width=width, scheme=scheme) as (page, h):
                    page.screenshot(path=where / f"{width}-{scheme}.png", full_page=True)
                    told += h.all()
        with chromium.opened(browser, page_file) as (page, h):
            (where / "a4.pdf").write_bytes(chromium.print_a4(page))
            told += h.all()
    return where, sorted(set(told))


def main() -> None:
    """Read what is asked, and say where the pictures are."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("case", help="a built-in case, or the path of one")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    asked = parser.parse_args()
    where, told = look(asked.case, asked.folder)
    for line in told:
        print(f"warning: the page said: {line}")
    print(f"{where}/: dossier.html, a4.pdf and a picture for every width, light and dark")


if __name__ == "__main__":
    main()
