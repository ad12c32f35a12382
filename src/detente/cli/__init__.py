"""The command line: ``detente COMMAND …``.

A command lives in one of the modules beside this file. The table here names it, so that
``detente --help`` imports none of them.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from detente.errors import DetenteError
from detente.version import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "brief": ("detente.cli.brief", "Answer all questions about a case in one file."),
    "read": ("detente.cli.reading", "Read reports: who wants what, and who said so."),
    "draft": ("detente.cli.draft", "Make a first case from reports alone."),
    "new": ("detente.cli.cases", "Begin a case: a folder with a commented case.yaml."),
    "check": ("detente.cli.cases", "Find what is wrong or doubtful in a case."),
    "states": ("detente.cli.engine", "Show the states that can be, in few words."),
    "stability": ("detente.cli.engine", "Tell which states hold, and for whom they do not."),
    "explain": ("detente.cli.engine", "Tell why a state holds, or who would leave it and why."),
    "inverse": ("detente.cli.engine", "Tell what preferences would make a state hold."),
    "deadlock": ("detente.cli.wayout", "Tell why a target does not happen, and what must give."),
    "unlock": ("detente.cli.wayout", "Tell the least change of mind after which a target holds."),
    "path": ("detente.cli.wayout", "Tell how to get to a target with the least exposure."),
    "broker": ("detente.cli.wayout", "Tell what third parties could do for a target."),
    "whatif": ("detente.cli.wayout", "Tell what changes if something is taken as given."),
    "diff": ("detente.cli.wayout", "Tell what changed between two cases of one stand-off."),
    "risk": ("detente.cli.risk", "Tell how likely a slide into danger by mistake is."),
    "sweep": ("detente.cli.sweep", "Tell which results hold when the case is uncertain."),
    "gallery": ("detente.cli.cases", "List the built-in cases, or tell about one."),
    "schema": ("detente.cli.cases", "Print the JSON Schema of case.yaml, or of what brief writes."),
    "import": ("detente.cli.cases", "Turn a .gmcr file into a case.yaml."),
    "export": ("detente.cli.cases", "Turn a case into a .gmcr file, or its chain into PRISM's."),
}
"""Command name to (module, one line of help); the module has a click command of that name."""


class _Commands(click.Group):
    """Loads the module of a command when the command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from detente.errors import unknown

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise click.UsageError(unknown("command", args[0], COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="detente")
@click.option("--debug", is_flag=True, help="Show where in the program an error came from.")
def cli(debug: bool) -> None:
    """Question a stand-off: who wants what, which outcomes hold, who would break the others.

    CASE is a folder with a case.yaml, such a file, a .gmcr file, or the name of a built-in case
    (see 'detente gallery'). A first look: 'detente brief korea-2018'.
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 2 the user must mend something, 130 interrupted."""
    arguments = sys.argv[1:] if args is None else args
    debug = "--debug" in arguments
    try:
        code = cli.main(args=arguments, prog_name="detente", standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f"; see: {context.command_path} --help" if context else ""
        print(f"error: {error.format_message().rstrip('.')}{hint}", file=sys.stderr)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        code = 130
    except DetenteError as error:
        if debug:
            raise
        from detente.cli.common import show_error

        show_error(error)
        code = 2
    except BrokenPipeError:
        # The reader of our output (less, head) has gone; nothing is wrong.
        sys.stderr.close()
        code = 0
    except Exception as error:
        if debug:
            raise
        print(
            f"error: détente failed on this: {type(error).__name__}: {error}\n"
            "This is a fault of the program. 'detente --debug …' shows where; please report it.",
            file=sys.stderr,
        )
        code = 1
    sys.exit(_as_code(code))


def _as_code(result: Any) -> int:
    return result if isinstance(result, int) else 0
