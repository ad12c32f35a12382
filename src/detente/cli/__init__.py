"""The command line: ``detente COMMAND …``.

A command is made from its question's declaration (:mod:`detente.cli.derive`) when it runs; what
there is says :mod:`detente.questions.table`, so that ``detente --help`` imports nothing else.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from typing import NoReturn

import click

from detente.cli import streams
from detente.errors import DetenteError, one_line
from detente.questions.table import COMMANDS
from detente.version import __version__


class _Commands(click.Group):
    """Makes a command when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from detente.cli.derive import command_of

        return command_of(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from detente.errors import unknown

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise click.UsageError(unknown("command", args[0], COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.line) for name, entry in COMMANDS.items()])


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="detente")
@click.option("--debug", is_flag=True, help="Show where in the program an error came from.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Question a stand-off: who wants what, which outcomes hold, who would break the others.

    CASE is a folder with a case.yaml, such a file, a .gmcr file, or the name of a built-in case
    (see 'detente gallery'). A first look: 'detente brief korea-2018'.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 2 the user must mend something, 130 interrupted."""
    arguments = sys.argv[1:] if args is None else args
    debug = "--debug" in arguments
    streams.prepare()
    _end_by_signals()
    try:
        _need_room()
        code = _run(arguments)
        streams.finish()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f"; see: {context.command_path} --help" if context else ""
        _say(f"error: {error.format_message().rstrip('.')}{hint}")
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt, EOFError):
        _say("interrupted")
        code = 130
    except DetenteError as error:
        if debug:
            raise
        from detente.cli.common import show_error

        show_error(error)
        code = 2
    except BrokenPipeError:  # who read our output (less, head) has gone; nothing is wrong
        streams.abandon()
        code = 0
    except MemoryError:
        if debug:
            raise
        _say(NO_MEMORY)
        code = 2
    except ImportError as error:
        if debug:
            raise
        if "failed to map" not in str(error) and "allocate memory" not in str(error):
            _faulted(error)
        _say(NO_MEMORY)
        code = 2
    except OSError as error:
        if debug:
            raise
        if not _of_output(error) and error.filename is None:
            _faulted(error)
        streams.abandon()
        _say(f"error: {_where(error)}: {error.strerror or error}")
        code = 2
    except Exception as error:
        if debug:
            raise
        _faulted(error)
    sys.exit(code)


NO_MEMORY = (
    "error: the memory is used up, or the limit that the system sets for this program (ulimit -v); "
    "raise it, give --max-memory, or ask about a smaller case"
)

MAX_NAME = 200
"""Characters of a file's name that a message repeats."""

LEAST = 512 << 20
"""Bytes of address space without which libraries cannot even be loaded, or hang."""


def _need_room() -> None:
    """Refuse to begin where the system sets too low a limit for anything to work.

    Raises
    ------
    DetenteError
        With the limit and what to do.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most != resource.RLIM_INFINITY and most < LEAST:
        raise DetenteError(
            f"the system lets this program use {most >> 20} MB of memory, and the libraries alone "
            f"need more; raise the limit: ulimit -v {LEAST >> 10}"
        )


def _run(arguments: list[str]) -> int:
    """Run a command and return its exit code; errors come as they are."""
    wanted = os.environ.get("_DETENTE_COMPLETE")
    if wanted:  # the shell asks what could follow
        from click.shell_completion import shell_complete

        return shell_complete(cli, {}, "detente", "_DETENTE_COMPLETE", wanted)
    with cli.make_context("detente", list(arguments)) as context:
        result = cli.invoke(context)
    return result if isinstance(result, int) else 0


def _of_output(error: OSError) -> bool:
    """Whether an error is that of writing to standard output: no file is named in it."""
    return error.filename is None and error.errno in (errno.ENOSPC, errno.EBADF, errno.EIO)


def _where(error: OSError) -> str:
    """Name the file that the system refuses, not at the length of what was pasted in its place."""
    name = str(error.filename)
    shown = name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}…"
    return "cannot write to standard output" if error.filename is None else one_line(shown)


def _faulted(error: Exception) -> NoReturn:
    _say(
        f"error: détente failed on this: {type(error).__name__}: {error}\n"
        "This is a fault of the program. 'detente --debug …' shows where; please report it."
    )
    sys.exit(1)


def _say(text: str) -> None:
    """Print on standard error, if there is one."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.stderr)


def _end_by_signals() -> None:
    """Let a signal that ends the program end it as an error does: half-made files are cleared."""

    def stop(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with contextlib.suppress(ValueError):  # called in a thread, where none can be set
                signal.signal(number, stop)
