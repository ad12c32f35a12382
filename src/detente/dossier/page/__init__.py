"""The dossier as a page: blocks of text and drawings, and how they become HTML or Markdown."""
