"""What a case file says to assume about the slide by mistake."""

from __future__ import annotations

from detente.case import model, schema
from detente.case.document import Steps
from detente.case.reader import Reader, basis_of
from detente.case.schema_base import StatementPart
from detente.errors import unknown


def risk_of(reader: Reader, part: schema.RiskPart | None) -> model.RiskDefaults:
    """Return what to assume where nothing else is asked for."""
    if part is None:
        return model.RiskDefaults()
    misstep, missteps = _figures(reader, "misstep", part.misstep)
    tempo, tempos = _figures(reader, "tempo", part.tempo)
    return model.RiskDefaults(
        _wish(reader, part.danger, ("risk", "danger", "that")),
        _wish(reader, part.goal, ("risk", "goal", "that")),
        misstep,
        missteps,
        tempo,
        tempos,
        _conduct(reader, part.behaviour),
        tuple(
            model.Statement(reader.formula(s.that, ("risk", "what_if", i, "that")), basis_of(s))
            for i, s in enumerate(part.what_if)
        ),
        part.tick,
    )


def _wish(reader: Reader, part: StatementPart | None, path: Steps) -> model.Statement | None:
    return (
        None if part is None else model.Statement(reader.formula(part.that, path), basis_of(part))
    )


def _figures(
    reader: Reader, key: str, part: dict[str, schema.FigurePart]
) -> tuple[model.Figure | None, tuple[tuple[str, model.Figure], ...]]:
    """Return the number of all parties, and those of single ones."""
    rest, single = None, []
    for name, figure in part.items():
        path: Steps = ("risk", key, name)
        made = model.Figure(figure.rate, basis_of(figure))
        if key == "misstep" and not 0 <= figure.rate <= 1:
            reader.blame(f"a misstep rate is from 0 to 1, not {float(figure.rate):g}", path)
        if key == "tempo" and figure.rate < 0:
            reader.blame(f"a tempo is 0 or more, not {float(figure.rate):g}", path)
        if name in reader.part.parties:
            single.append((name, made))
        elif name == "all":
            rest = made
        elif not reader.lost & {("parties",), ("parties", name)}:
            reader.blame(unknown("party", name, reader.part.parties), path, key=True)
    return rest, tuple(single)


def _conduct(reader: Reader, part: schema.BehaviourPart | None) -> model.Conduct | None:
    if part is None:
        return None
    if part.type not in model.CONDUCTS:
        message = unknown("behaviour", part.type, model.CONDUCTS)
        reader.blame(message, ("risk", "behaviour", "type"))
    if part.temperature is not None and part.temperature <= 0:
        path: Steps = ("risk", "behaviour", "temperature")
        reader.blame(f"a temperature is above 0, not {float(part.temperature):g}", path)
    return model.Conduct(part.type, part.temperature, part.concept, basis_of(part))
