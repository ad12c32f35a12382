"""Who is meant: names, persons, sides and bodies over a pile of reports."""
