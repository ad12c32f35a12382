"""Who speaks as "we" outside quotation marks: the author of a statement or bulletin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.reading.analysis.model import Unit
from detente.reading.analysis.quoting import clean

_ISSUED_BY = re.compile(
    r"(?i:following (?:\w+ )?statement (?:was )?(?:released|issued|made public|published) by )"
    r"(?P<who>[^.]+)\."
)
_ISSUED = re.compile(
    r"(?:[Ss]pokes\w+ (?:for|of) )?(?P<who>(?:[Tt]he )?[A-Z][\w'&-]+"
    r"(?: (?:of|for|the|and|on|[A-Z][\w'&-]+))*)"
    r" (?i:issued|made public|released|published|put out) the following"
)
_TITLED = re.compile(
    r"(?i)(?:joint |press |public |open )*"
    r"(?:statement|communiqu[eé]|letter|declaration|appeal|press release) (?:by|of|from) "
    r"(?P<who>.+?)(?: (?:on|about|regarding|after|concerning|to)\b.*)?$"
)
_BULLETIN = re.compile(
    r"(?P<who>[A-Z][\w'’&-]+(?: (?:of|for|the|and|[A-Z][\w'’&-]+))*?)(?: [A-Z]+)?:? "
    r"(?i:bulletin|communiqu[eé]|statement|press release|newsletter)\b"
)
_SHOUTED = re.compile(
    r"(?P<who>[^:–—|-]+):? (?:BULLETIN|COMMUNIQU[EÉ]|STATEMENT|PRESS RELEASE|NEWSLETTER)\b"
)
"""The same in capitals, where none shows which words are the name."""
_RELEASE = re.compile(
    r"(?i)press release|statement|communiqu|for immediate release|media release|bulletin"
)
_HEADING = re.compile(r"(?i)press release|for immediate|media release")
_RELEASED = re.compile(
    r"(?i)[\s,:|–—-]*(?:press|media|news) (?:release|statement|notice)\b|\bfor immediate release\b"
)
_PRESS = re.compile(
    r"(?i)\b(?:weekly|daily|magazine|podcast|episode|newsletter (?:for|of record)|column|review"
    r"|interview|conversation|reporter|correspondent|briefing note|edition)\b|^(?:by|from) "
    r"|^(?:radio|television|tv)\b"
)
"""What stands in the heading of a paper, not of a party."""
_DASHED = re.compile(
    r"(?P<who>[A-Z][^:–—|]*?)(?: - | – | — | \| |: )(?=.*\b(?i:bulletin|statement|communiqu[eé]"
    r"|press release|circular|decision|ruling|resolution|declaration|our position|notice|letter"
    r"|newsletter|message to|information for|news for|reply|response)\b)"
)
_ON_BEHALF = re.compile(
    r"(?:[Pp]rinted|[Pp]ublished|[Ii]ssued|[Pp]laced|[Pp]aid for) "
    r"(?:at the request of|on behalf of|by) (?P<who>(?:the )?[A-Z][^,.;:]*)"
)
_DECIDES = re.compile(
    r"(?i)\b(?:decision|ruling|order|resolution|determination|judgment) "
    r"(?:no\.? ?)?(?:\d|[ivx]+\b|of )"
)
_SENDER = re.compile(
    r"(?i:letter|appeal|message|note) (?i:to)\b.{0,80}? (?i:from) (?P<who>(?:the )?[A-Z][^,;:]*)"
)
_KIND = re.compile(
    r"(?i)(response|reply|announcement|notice|rejection|update|open letter|media|news release"
    r"|re:)\b"
)
_NOTE = re.compile(r"(?i)note to|to the (media|press|public|editor)|for publication")
_WE = re.compile(r"(?i)\b(we|our|us)\b")
_GENRE = re.compile(
    r"(?i)(?:(?:an?|the|our|joint|open|public|press|media|news|official|urgent|second|final|daily"
    r"|weekly|monthly|morning|evening) )*"
    r"(?:letter|statement|communiqu[eé]|declaration|appeal|release|bulletin|newsletter|notice"
    r"|message|memorandum|minutes|transcript|interview|briefing|editorial|opinion|comment|analysis"
    r"|resolution|petition|leaflet|circular|update|correction)s?\b(?: (?:to|for|on|about) .*)?"
)
"""A heading that says what kind of text it is, and not whose."""


_PLACED = re.compile(
    r"[^\W\d_][\w'’-]*, (?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2})\b.{0,8}"
)
"""A heading that says where and when, and not whose."""


_HEAD = 2_000
"""Characters within which a text says who issued it; a search takes the square of them."""


def _is_genre(title: str) -> bool:
    """Tell whether a heading only says what kind of text it is: "OPEN LETTER"."""
    return _GENRE.fullmatch(title.strip(" .:!")) is not None


def find_issuer(
    titles: Sequence[str],
    head: str,
    units: Sequence[Unit],
    signed: Sequence[tuple[str, str]],
) -> str:
    """Return the words that name who issued a text; empty where nobody did.

    Parameters
    ----------
    titles : sequence of str
        Headlines and letterheads.
    head : str
        The text up to its second paragraph.
    units : sequence of Unit
        All units.
    signed : sequence of (str, str)
        Body and person of the lines that sign it.
    """
    title = titles[0] if titles else ""
    if len(titles) > 1 and re.match(r"(?i)(?:from|by|of) ", titles[1]):
        title = f"{title} {titles[1]}"
    if sender := _SENDER.search(title):
        return sender["who"].strip()
    flat = clean(head[:_HEAD])
    found = _ISSUED_BY.search(flat) or _ISSUED.search(flat)
    if not found and not _is_genre(title):
        found = _TITLED.match(title) or (_SHOUTED if title.isupper() else _BULLETIN).match(title)
    if found:
        return re.sub(r"^(?:THE|The|the) ", "", found["who"].strip())
    for line in titles[1:]:
        if asked := _ON_BEHALF.search(line):
            return asked["who"].strip()
    paper = any(_PRESS.search(line) for line in titles)
    dashed = None if paper else _DASHED.match(title)
    if dashed and not _is_genre(dashed["who"]) and not _HEADING.search(dashed["who"]):
        return dashed["who"].strip()
    if len(titles) > 1 and title.isupper() and " " in title and _DECIDES.search(titles[1]):
        return title
    return "" if paper else _letterhead(titles, units, signed)


def _letterhead(
    titles: Sequence[str], units: Sequence[Unit], signed: Sequence[tuple[str, str]]
) -> str:
    """Return the issuer that a letterhead or a signature names."""
    ours = sum(len(_WE.findall(u.text)) for u in units if u.kind == "prose")
    if len(titles) > 1:
        if _RELEASE.search(" ".join(titles[:3])):
            named = [_RELEASED.sub("", t).strip(" -–—:|") for t in titles[:3]]
            heads = [t for t in named if t and not (_HEADING.search(t) or _PLACED.fullmatch(t))]
            heads = [t for t in heads if not _is_genre(t)]
            if heads:
                return re.split(r"[,:]", heads[0])[0].strip()
        shouted = ours >= 3 and titles[0].isupper()
        told = _KIND.match(titles[1]) or _NOTE.match(titles[1]) or shouted
        if told and not _is_genre(titles[0]):
            return titles[0].split(",")[0].strip()
    return signed[-1][0] if signed and ours else ""
