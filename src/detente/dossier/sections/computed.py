"""Appendix: how every figure was computed, so that it can be repeated to the byte."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.page.blocks import Block, Cell, Para, Section, Table
from detente.dossier.sections.context import Context


def section(context: Context) -> Section:
    """Return the section."""
    return Section("computed", "Appendix", "How each figure was computed", tuple(_blocks(context)))


def _blocks(context: Context) -> Iterator[Block]:
    answers, plan = context.answers, context.answers.plan
    yield Para(
        (
            "The same case, the same version and the same command give this file again, byte for "
            "byte. The figures, not rounded, are in the JSON form of this dossier.",
        )
    )
    options = [
        f"concept {plan.concept}",
        f"at most {plan.joint} parties in one step",
        f"changes of mind up to a cost of {plan.cost}",
    ]
    if plan.target:
        options.append(f"target {plan.target}")
    rows = [
        ("version", f"détente {answers.version}"),
        ("case", f"{answers.case.name}; SHA-256 {answers.digest}"),
        ("options", "; ".join(options)),
        ("this file", context.command("brief", *_options(context))),
        ("its figures", context.command("brief", *_options(context), "--format json")),
        *((f"report {r.report}", f"SHA-256 {r.sha256}") for r in answers.evidence.records),
    ]
    yield Table(
        "What it takes to repeat it",
        ("what", "which"),
        tuple((Cell((a,)), Cell((b,))) for a, b in rows),
    )


def _options(context: Context) -> list[str]:
    """Return the options of the command that are not the usual ones."""
    import shlex

    from detente.dossier.answers import Plan

    plan, usual = context.answers.plan, Plan("")
    given = [
        ("--concept", plan.concept, usual.concept),
        ("--joint", str(plan.joint), str(usual.joint)),
        ("--cost", str(plan.cost), str(usual.cost)),
        ("--earlier", plan.earlier, usual.earlier),
    ]
    return [f"{name} {shlex.quote(value)}" for name, value, default in given if value != default]
