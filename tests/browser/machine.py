"""The browser of this machine, as ``tools/chromium.py`` finds and starts it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTE = ROOT / ".venv" / ".browser"
CHECKS = (Path(__file__).parent / "checks.js").read_text("utf-8")
PICTURE = (Path(__file__).parent / "picture.js").read_text("utf-8")

_SPEC = importlib.util.spec_from_file_location("detente_chromium", ROOT / "tools" / "chromium.py")
tool = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = tool  # dataclasses look their module up
_SPEC.loader.exec_module(tool)


def missing() -> str:
    """Say why there is no browser, and how to get one."""
    why = NOTE.read_text("utf-8").strip() if NOTE.exists() else ""
    return (
        f"no browser{f' ({why})' if why else ''}: apt-get install chromium, or name one in "
        f"{tool.VARIABLE}, then make browser"
    )


def faults(page, *names: str) -> dict[str, list[str]]:
    """Run checks in a page; what they found wrong, by check."""
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
    page.evaluate(CHECKS)
    found = {name: page.evaluate(f"() => checks.{name}()") for name in names}
    return {name: told for name, told in found.items() if told}
