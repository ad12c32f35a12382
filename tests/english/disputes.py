"""Disputes put together by chance of plain labels: cases that no one wrote, told in full."""

from __future__ import annotations

import random
from pathlib import Path

PARTIES = (
    "Ministry of Transport", "Dockers", "Port Authority", "Town of Aldersea", "Ostrava",
    "Federation of Miners", "Environmentalists", "Kingdom of Tolm", "Rail Operators' Group",
    "Southern provinces", "Lake Commission", "Marland", "Settlers", "European Union", "Harvia",
)  # fmt: skip

DEEDS = (
    "Strike", "Sit down to talk", "Close the border", "Withdraw its troops from the valley",
    "Pay compensation", "Go to court", "Lift the embargo", "Call new elections",
    "Publish the figures", "Hold a referendum", "Send observers", "Seize the ferry",
    "Build the bypass", "Have its engineers leave", "Deny the charges",
    "Be ready to share the water",
    "Give up its claim to the islands", "Take hostages", "Apply the old tariff", "Do not sign",
)  # fmt: skip

LADDERS = (
    ("What to do about wages", {"old": "pay the old wage", "more": "pay a little more",
                                "double": "pay double"}),
    ("The inspectors", {"none": "keep the inspectors out", "some": "let a few inspectors in",
                        "all": "let all inspectors in"}),
    ("The pipeline", {"shut": "shut the pipeline", "half": "run the pipeline at half its pressure",
                      "open": "open the pipeline"}),
)  # fmt: skip

OUTCOMES = ("A settlement", "The dispute is over", "A long blockade", "Both sides hold their fire",
            "An accident", "The two sides talk")  # fmt: skip


def write(folder: Path, seed: int) -> tuple[Path, str]:
    """Write the case of a number into a folder; where it is, and its target."""
    rng = random.Random(seed)
    names = rng.sample(PARTIES, rng.choice((2, 2, 3)))
    deeds = iter(rng.sample(DEEDS, 8))
    lines = ["title: A dispute of chance", "as_of: 2030-03-01", "parties:"]
    atoms: list[tuple[int, str]] = []
    for p, name in enumerate(names):
        lines += [f"  p{p}:", f'    name: "{name}"', "    options:"]
        for k in range(rng.choice((1, 2))):
            lines.append(f"      o{k}: {{label: {next(deeds)}}}")
            atoms.append((p, f"p{p}.o{k}"))
        if rng.random() < 0.3:
            label, levels = rng.choice(LADDERS)
            told = ", ".join(f"{level}: {deed}" for level, deed in levels.items())
            lines.append(f"      l: {{label: {label}, levels: {{{told}}}}}")
            atoms.append((p, f"p{p}.l = {rng.choice(list(levels))}"))

    def wish() -> str:
        one, other = (rng.choice(("", "not ")) + a for _, a in rng.sample(atoms, 2))
        return rng.choice((one, one, f"{one} if {other}", f"{one} and {other}"))

    goal, bad = rng.sample(OUTCOMES, 2)
    first, second = rng.sample(atoms, 2)
    lines.append("outcomes:")
    lines.append(f"  goal: {{that: {first[1]} and {second[1]}, label: {goal}}}")
    lines.append(f"  bad: {{that: {rng.choice(atoms)[1]} and not goal, label: {bad}}}")
    lines.append("status_quo: []")
    lines.append("preferences:")
    for p in range(len(names)):
        wishes = dict.fromkeys([wish() for _ in range(3)] + [rng.choice(("goal", "not bad"))])
        lines.append(f"  p{p}: [{', '.join(wishes)}]")
    lines.append("conditions:")
    lines.append(f"  - {{party: p{first[0]}, option: {first[1]}, needs: {second[1]}}}")
    lines.append("refusals:")
    lines.append(
        f"  - {{party: p{second[0]}, refuses: {second[1]}, firmness: {rng.choice('123')}}}"
    )
    lines.append("risk: {danger: bad, goal: goal, misstep: {all: {rate: 0.02}}}")
    file = folder / f"dispute{seed}.yaml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file, "goal"
