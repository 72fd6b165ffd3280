"""What axe looks for on every page, deck and sheet: WCAG 2.2 A and AA."""

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"label-content-name-mismatch": {"enabled": True}},  # of WCAG 2.1 A, but off in axe by default
    "resultTypes": ["violations"],  # what passes is not described, which takes most of the time
}
