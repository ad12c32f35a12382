"""What is known of a whole pile, as bytes that can be sent to other processes and machines."""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib

from detente.reading.reader import Reader
from detente.reading.who.world import World


def packed(world: World) -> bytes:
    """Return a world, without reports and without what comes with the package, as bytes."""
    bare = world.bare()
    fixed = {id(one): k for k, one in enumerate(bare.fixed)}

    class Pickler(pickle.Pickler):
        def persistent_id(self, thing: object) -> int | None:
            return fixed.get(id(thing))

    out = io.BytesIO()
    Pickler(out, protocol=pickle.HIGHEST_PROTOCOL).dump(bare)
    return zlib.compress(out.getvalue(), 1)


def unpacked(data: bytes, rules: Reader) -> World:
    """Return the world in some bytes; only our own processes make such bytes."""
    fixed = _fixed(rules)

    class Unpickler(pickle.Unpickler):
        def persistent_load(self, number: int) -> object:
            return fixed[number]

    found = Unpickler(io.BytesIO(zlib.decompress(data))).load()
    assert isinstance(found, World)
    return found


def digest(*things: object) -> str:
    """Return what tells some things from others, by how they show themselves."""
    whole = hashlib.sha256()
    for thing in things:
        shown = repr(thing).encode("utf-8", "replace")
        whole.update(b"%d:" % len(shown) + shown)
    return whole.hexdigest()


def _fixed(rules: Reader) -> tuple[object, ...]:
    """Return what comes with the package and the user's lists, made once in each process."""
    return World((), (), rules.parties, rules.lexicon).fixed
