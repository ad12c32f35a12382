"""The dossier as readers meet it: in a real browser, at three widths, in the dark and on paper."""
