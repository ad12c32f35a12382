"""The table of questions: every command and every function of the package stands here, once.

The command line, ``import detente``, and the checks of the pages are made from it. It loads
nothing, so that ``detente --help`` and ``import detente`` are quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a question's module lists its functions in __all__
    from detente.questions.brief import *  # noqa: F403
    from detente.questions.broker import *  # noqa: F403
    from detente.questions.check import *  # noqa: F403
    from detente.questions.compare import *  # noqa: F403
    from detente.questions.deadlock import *  # noqa: F403
    from detente.questions.dilemmas import *  # noqa: F403
    from detente.questions.draft import *  # noqa: F403
    from detente.questions.draw import *  # noqa: F403
    from detente.questions.explain import *  # noqa: F403
    from detente.questions.export import *  # noqa: F403
    from detente.questions.loading import *  # noqa: F403
    from detente.questions.path import *  # noqa: F403
    from detente.questions.radius import *  # noqa: F403
    from detente.questions.reading import *  # noqa: F403
    from detente.questions.risk import *  # noqa: F403
    from detente.questions.stability import *  # noqa: F403
    from detente.questions.states import *  # noqa: F403
    from detente.questions.sweep import *  # noqa: F403
    from detente.questions.unlock import *  # noqa: F403
    from detente.questions.update import *  # noqa: F403
    from detente.questions.views import *  # noqa: F403
    from detente.questions.who import *  # noqa: F403
    from detente.questions.zone import *  # noqa: F403


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a user can ask for.

    Parameters
    ----------
    line : str
        What it does, in one line, as help says it.
    question : str
        The module of :mod:`detente.questions` with the function of that name; empty for a command
        that answers no question.
    door : str
        The module of :mod:`detente.cli` with a function NAME_command: the command itself, or how
        the answer of the question is brought out where printing it is not enough.
    command : bool
        Whether it is a command; False for what only Python offers.
    """

    line: str
    question: str = ""
    door: str = ""
    command: bool = True


QUESTIONS: dict[str, Entry] = {
    "brief": Entry("Answer all questions about a case in one file.", "brief", "brief"),
    "read": Entry("Read reports: who wants what, and who said so.", "reading", "reading"),
    "draft": Entry("Make a first case from reports alone.", "draft", "draft"),
    "update": Entry("Read later reports into a case, as proposals beside it.", "update", "update"),
    "review": Entry("Go through what is proposed, line by line.", door="review"),
    "new": Entry("Begin a case: a folder with a commented case.yaml.", door="cases"),
    "check": Entry("Find what is wrong or doubtful in a case.", "check", "cases"),
    "states": Entry("Show the states that can be, in few words.", "states"),
    "stability": Entry("Tell which states hold, and for whom they do not.", "stability"),
    "explain": Entry("Tell why a state holds, or who would leave it and why.", "explain"),
    "inverse": Entry("Tell what preferences would make a state hold.", "explain"),
    "deadlock": Entry("Tell why a target does not happen, and what must give.", "deadlock"),
    "unlock": Entry("Tell the least change of mind after which a target holds.", "unlock"),
    "radius": Entry("Tell the least change after which a target holds no more.", "radius"),
    "views": Entry("Tell what holds where parties are wrong about each other.", "views"),
    "dilemmas": Entry("Tell who is under pressure by whose public words.", "dilemmas"),
    "path": Entry("Tell how to get to a target with the least exposure.", "path"),
    "zone": Entry("Tell what all would rather have than today, and who blocks it.", "zone"),
    "who": Entry("Tell who can bring a target about for good, who can prevent it.", "who"),
    "broker": Entry("Tell what third parties could do for a target.", "broker"),
    "whatif": Entry("Tell what changes if something is taken as given.", "compare"),
    "diff": Entry("Tell what changed between two cases of one stand-off.", "compare"),
    "risk": Entry("Tell how likely a slide into danger by mistake is.", "risk"),
    "draw": Entry("Draw one picture of a case: SVG, PNG, PDF.", "draw", "draw"),
    "sweep": Entry("Tell which results hold when the case is uncertain.", "sweep"),
    "gallery": Entry("List the built-in cases, or tell about one.", door="cases"),
    "schema": Entry("Print the JSON Schema of case.yaml, or of what brief writes.", door="cases"),
    "import": Entry("Turn a .gmcr, .nfg, .csv or .xlsx file into a case.yaml.", door="cases"),
    "export": Entry("Turn a case into files for other programs.", "export", "cases"),
    "serve": Entry("Open the workbench: make and question a case in the browser.", door="serve"),
    "mcp": Entry("Answer an assistant, over the Model Context Protocol.", door="mcp"),
    "evolution": Entry("Tell how equilibria come about.", "stability", command=False),
    "load": Entry("Read a case.", "loading", command=False),
    "prism": Entry("Write the chain of a case for model checkers.", "risk", command=False),
}
"""Name to entry; commands in the order of the help."""

COMMANDS = {name: entry for name, entry in QUESTIONS.items() if entry.command}
FUNCTIONS = {name: entry for name, entry in QUESTIONS.items() if entry.question}
