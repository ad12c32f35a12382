"""Cases from ``.gmcr`` files, and back: the JSON that the open-source program gmcr-py saves."""

from detente.case.gmcr.export import Exported, to_json
from detente.case.gmcr.reading import MAX_BYTES, parse, read

__all__ = ["MAX_BYTES", "Exported", "parse", "read", "to_json"]
