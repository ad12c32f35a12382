"""A report as grammar sees it: units of text, parsed once, with marks that every rule asks."""
