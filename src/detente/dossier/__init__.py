"""What people look at: words, tables and drawings of every result. No reasoning here."""
