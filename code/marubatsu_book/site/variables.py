"""Style sheets without the variables that nobody asks for: the theme declares hundreds for what this book has not."""

import re

DECLARED = re.compile(r"(?<=[{;])\s*(--[\w-]+)\s*:((?:[^;{}\"']|\"[^\"]*\"|'[^']*')*)(;|(?=\}))")
ASKED = re.compile(r"--[\w-]+")


def drop_unused(style: str, elsewhere: str = "") -> str:
    """Return a style sheet without variables that neither it nor the text ``elsewhere`` asks for.

    Where one variable is only asked for by another that goes, it goes too.
    """
    values = "".join([DECLARED.sub(lambda found: f"{found[2]};", style), elsewhere])
    asked = set(ASKED.findall(values))
    lighter = DECLARED.sub(lambda found: found[0] if found[1] in asked else "", style)
    return style if lighter == style else drop_unused(lighter, elsewhere)
