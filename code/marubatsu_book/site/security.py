"""The Content-Security-Policy of every page: it may show what the site serves itself, and connect to nowhere.

This is what makes "your image stays in this browser" true by construction, not by promise: no script on a page
can open a connection, whoever wrote it. Inline scripts stay allowed because the theme sets light or dark before
the first paint; ``blob:`` because a widget's module is imported from text, which also works from a USB stick.
"""

RULES = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' blob: data:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'none'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
POLICY = "; ".join(f"{what} {allowed}" for what, allowed in RULES.items())
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'


def add_policy(app, pagename, templatename, context, doctree):
    """Hand the policy to the page's template, which prints it before any script."""
    context["content_security_policy"] = META


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", add_policy)
