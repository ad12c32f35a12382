"""Set phrases of dossiers, and with which small word they stand."""

from __future__ import annotations

NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
COUNT = rf"(?:{NUMBERS}|[2-9]|[1-9]\d+|\d,\d{{3}})"
NAME = r"(?:the )?(?:[A-Z][\w’]+)(?: (?:[A-Z][\w’]+|of the [A-Z]\w+))*"

IDIOMS: tuple[tuple[str, str], ...] = (
    # set phrases
    (
        "in the way",
        r"\bstands? (?:on|at|by|to|of|for) the way\b|\bin the way (?:for|to|from|at|"
        r"on)\b",
    ),
    ("a sign of", r"\bsigns? (?:for|to|at|on|in|from)\b"),
    ("an offer to", rf"\boffer(?: \w+)? (?:at|on|in|of|from|with) {NAME}"),
    ("in situations", rf"\b(?:at|on|by|to) {COUNT} (?:situations?|states?)\b"),
    (
        "forces from",
        r"\bforces (?:of|on|at|to|in|by) the\b|\bwithdraw\w* (?:its|their) forces "
        r"(?!from)",
    ),
    ("insist on", r"\binsists? (?:in|at|to|for|of|with|by)\b"),
    ("rest on", r"\brests? (?:in|at|to|from|of|by)\b(?! no)"),
    ("sit down with", rf"\bsits? down (?:by|on|at|of|from|for|to) {NAME}"),
    ("depend on", r"\bdepends? (?:of|from|to|at|in|by)\b"),
    ("own interest", r"\b(?:on|at|to|of|for|by|with) (?:its|their|the others’) own interest\b"),
    (
        "own advantage",
        r"\b(?:in|at|on|for|of|by) (?:its|their|the (?:mover|other)s?’s?) own "
        r"advantage\b",
    ),
    ("under a concept", r"\b(?:in|on|at|by|of|from|for) (?:SEQ|GMR|SMR|SSEQ|Nash)\b(?!’)"),
    ("by mistake", r"\b(?:in|on|at|of|from|with|through) mistake\b"),
    ("at the same moment", r"\b(?:in|on|by|of|to) the same moment\b"),
    ("on assumptions", r"\b(?:at|by|of|in|for) the assumptions (?:below|above)\b"),
    ("a chance of", r"\bchance (?:for|on|from|at|in|by) (?!\d)"),
    ("in each of them", r"\b(?:on|at|to) (?:each|all|some|none|one) of (?:them|these|those)\b"),
    ("a cost of", r"\bat a cost (?:from|for|on|with|to|by)\b"),
    ("instead of", r"\binstead (?:from|off|to|for|by)\b"),
    ("refusal to", r"\brefusals? (?:of|for|at|from|on|in|by)\b"),
    ("an objection to", r"\bobjections? (?:of|for|at|from|on|against|in|by)\b"),
    ("in public", r"\b(?:on|at|by|of|from) public\b(?! (?:words?|positions?|opinion))"),
    (
        "better for",
        r"\b(?:better|worse|best) (?:to|at|of|by|on) (?:it|them|all|each|both|the|"
        r"no)\b",
    ),
    ("prevent it from", r"\bkeeps? (?:it|them|this|that) (?:of|for|to|by|on) (?:\w+ing)\b"),
    ("borne by", r"\bborne (?:of|from|to|for|at)\b"),
    ("lead to", r"\bleads? (?:at|on|for|of|by) (?:it|them|war|talks|an?|the)\b"),
    ("move away from", r"\b(?:move|moves|walk|walks) away (?:of|to|at|on|for|by)\b"),
    ("backed by", r"\bbacked (?:from|of|with|on|at|to|in)\b"),
    # more set phrases
    ("in full", r"\b(?:for|on|at|by|with|of|from|to) (?:full|part)(?=[.,;]| and\b| or\b| if\b)"),
    ("with firmness", r"\b(?:for|on|at|by|in|to) firmness\b"),
    ("the same moment", r"\b(?:for|with|from) the same moment\b"),
    (
        "turned down by",
        r"\b(?:turned down|taken up|answered|kept) (?:on|of|at|from|for) "
        r"(?-i:[A-Z]|the )",
    ),
    ("reached from", r"\breached (?:for|on|of|at|to) \b"),
    ("short for", r"\bfalls? short (?:at|on|by|with|in|from|to)\b"),
    ("moving from", r"\bmoving (?:by|of|on|at|in|for|with) (?:its|their)\b"),
    (
        "of its own",
        r"\b(?:from|in|at|for|with|by) (?:its|their) own(?=[.,;]| (?:lead|to|is|are|"
        r"would)\b)",
    ),
    ("by steps", r"\b(?:for|on|of|at) steps that\b"),
    ("fires on", r"\bfires? (?:by|at|in|to|of|for|with|from) the\b"),
    ("in that", rf"\b(?:on|at|by|of|with|from) that (?:{NAME}|no|one|the)\b"),
    ("in a state", rf"\b(?:on|at|by|to|for) (?:one|{COUNT}) (?:states?|situations?)\b"),
    ("at the end", r"(?:^|, )(?:On|Of|For|With|From|To) the end,"),
    ("war by mistake", r"\b(?:chance|danger|risk) (?:on|at|by|to|from) war\b"),
    ("made of", r"\bone (?:in|on|by|from|at) the (?:two|three|others)\b"),
)
"""What stands with another small word than it should."""
