"""A finished page as plain Markdown: what a notebook can show anywhere, with every reference and number resolved.

JupyterLab, Colab and Binder know Markdown, but not the directives and roles in which the pages are written. Here the
page is taken as Sphinx resolved it, node by node; a node that is not known stops the build, so that nothing is lost.
"""

from collections.abc import Callable, Iterator

from docutils import nodes

Piece = tuple[str, str]  # ("markdown" or "code", text)
SILENT = (nodes.target, nodes.comment, nodes.raw, nodes.substitution_definition, nodes.image)


class Page:
    """Turns the resolved tree of one page into pieces of a notebook.

    Parameters
    ----------
    link : function
        Takes the address in a reference and returns the address that stands in the notebook; "" leaves the words only.
    number : function
        Takes a kind ("figure", "exercise") and an identifier, and returns the number by which the page calls it.
    """

    def __init__(self, *, link: Callable[[str], str], number: Callable[[str, str], str]):
        self.link, self.number = link, number

    def pieces(self, document: nodes.document) -> list[Piece]:
        """Return the page from top to bottom: Markdown, and the source of its cells."""
        found: list[Piece] = []
        for kind, text in self._walk(document, 0):
            if kind == "markdown" and found and found[-1][0] == "markdown":
                found[-1] = ("markdown", f"{found[-1][1]}\n\n{text}")
            elif text.strip():
                found.append((kind, text))
        return found

    def _walk(self, node, level) -> Iterator[Piece]:
        for child in node.children:
            if isinstance(child, nodes.section):
                yield from self._walk(child, level + 1)
            elif isinstance(child, nodes.title):
                yield "markdown", f"{'#' * max(1, level)} {self.words(child)}"
            elif child.get("nb_element") == "cell_code":
                yield from (("code", text) for text in _sources(child))
                yield from (("markdown", self._caption(figure)) for figure in child.findall(nodes.figure))
            else:
                yield "markdown", self.block(child)

    def _caption(self, figure):
        caption = next(figure.findall(nodes.caption))
        return f"**Fig. {self.number('figure', figure['ids'][0])}** {self.words(caption)}"

    # ---- blocks -----------------------------------------------------------------------------------------

    def blocks(self, node: nodes.Element) -> str:
        """Return the children of a node, each a block of its own."""
        return "\n\n".join(text for text in map(self.block, node.children) if text)

    def block(self, node: nodes.Node) -> str:  # noqa: C901 -- one branch a kind of node, none inside another
        """Return one block: a paragraph, a list, a table, a box."""
        name = type(node).__name__
        if isinstance(node, SILENT) or name in ("compound", "index", "pending"):
            return ""
        if name in _BOXES:
            return self._folded(node) if _BOXES[name] else self._quoted(node)
        if isinstance(node, nodes.paragraph | nodes.caption | nodes.attribution):
            return self.words(node)
        if isinstance(node, nodes.Admonition):
            return self._quoted(node)
        if isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            return self._list(node)
        if isinstance(node, nodes.definition_list):
            return self.blocks(node)
        if isinstance(node, nodes.definition_list_item):
            term, *rest = node.children
            return "\n".join([f"* **{self.words(term)}**: {' '.join(self.blocks(each) for each in rest)}"])
        if isinstance(node, nodes.literal_block | nodes.doctest_block):
            return f"```{node.get('language', '').replace('ipython3', 'python')}\n{node.astext().rstrip()}\n```"
        if isinstance(node, nodes.math_block):
            return f"$$\n{node.astext().strip()}\n$$"
        if isinstance(node, nodes.table):
            return self._table(node)
        if isinstance(node, nodes.rubric | nodes.title):
            return f"**{self.words(node)}**"
        if isinstance(node, nodes.transition):
            return "---"
        if isinstance(node, nodes.block_quote):
            return _quote(self.blocks(node))
        if isinstance(node, nodes.figure | nodes.container | nodes.section | nodes.citation | nodes.line_block):
            return self.blocks(node)
        if isinstance(node, nodes.Inline | nodes.Text):
            return self.word(node)
        if isinstance(node, nodes.TextElement):
            return self.words(node)
        raise ValueError(f"notebook: nobody has said how a {name} looks in Markdown; add it to notebooks/markdown.py.")

    def _quoted(self, node):
        titled = isinstance(node.children[0], nodes.title)
        heading = self.words(node.children[0]) if titled else type(node).__name__.capitalize()
        rest = node.children[titled:]
        if type(node).__name__ == "exercise_enumerable_node":
            heading = f"Exercise {self.number('exercise', node['ids'][0])} {heading}"
        return _quote("\n\n".join([f"**{heading}**", *filter(None, map(self.block, rest))]))

    def _folded(self, node):
        title, *rest = node.children
        inside = "\n\n".join(filter(None, map(self.block, rest)))
        return f"<details><summary>{self.words(title)}</summary>\n\n{inside}\n\n</details>"

    def _list(self, node):
        lines = []
        for place, item in enumerate(node.children, start=node.get("start", 1)):
            mark = f"{place}." if isinstance(node, nodes.enumerated_list) else "*"
            first, *more = self.blocks(item).split("\n")
            lines += [f"{mark} {first}", *(f"{' ' * (len(mark) + 1)}{line}".rstrip() for line in more)]
        return "\n".join(lines)

    def _table(self, node):
        rows = [[self._cell(entry) for entry in row.children] for row in node.findall(nodes.row)]
        head, *body = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([head, f"|{' --- |' * len(rows[0])}", *body])

    def _cell(self, entry):
        return " ".join(self.blocks(entry).split()).replace("|", "\\|")

    # ---- words ------------------------------------------------------------------------------------------

    def words(self, node: nodes.Element) -> str:
        """Return the text of a node on one line."""
        return " ".join("".join(map(self.word, node.children)).split())

    def word(self, node: nodes.Node) -> str:
        """Return one piece of running text."""
        if isinstance(node, nodes.Text):
            return node.astext().replace("*", "\\*").replace("<", "&lt;")
        inside = "".join(map(self.word, node.children))
        if isinstance(node, nodes.strong):
            return f"**{inside}**"
        if isinstance(node, nodes.emphasis):
            return f"*{inside}*"
        if isinstance(node, nodes.literal):
            return f"`{node.astext()}`"
        if isinstance(node, nodes.math):
            return f"${node.astext()}$"
        if isinstance(node, nodes.reference):
            address = self.link(node.get("refuri", "") or f"#{node.get('refid', '')}")
            return f"[{inside}]({address})" if address else inside
        return "" if isinstance(node, SILENT) else inside


# Boxes of Sphinx extensions by the name of their node, and whether they are folded: hint and solution are.
_BOXES = {"exercise_enumerable_node": False, "exercise_node": False, "solution_node": True, "dropdown_main": True}


def _sources(cell):
    """Return the source of a cell; none where the page hides it, as it does with lists that code writes."""
    return [each.astext() for each in cell.findall(nodes.literal_block) if "output" not in each["classes"]]


def _quote(text):
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
