"""Exercises by name: a reference from another page says "Exercise 15 “Which window?”", which a printed page needs."""

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform


class NameExercises(SphinxPostTransform):
    """Writes the title of an exercise behind its number where another page refers to it without words of its own."""

    default_priority = 6  # after sphinx-exercise (5) has asked for a number, before Sphinx (10) writes it

    def run(self, **_):
        """Name the exercises that the page refers to."""
        exercises = getattr(self.env, "sphinx_exercise_registry", {})
        for reference in self.document.findall(pending_xref):
            exercise = exercises.get(reference.get("reftarget"))
            numbered = reference.get("reftype") == "numref" and not reference.get("refexplicit")
            if exercise and numbered and exercise["docname"] != self.env.docname:
                words = reference[0]
                words.children = [nodes.Text(_named(exercise["node"], self.config.numfig_format["exercise"]))]
                reference["refexplicit"] = True


def _named(exercise, form):
    """Return the words for an exercise, with {number} where its number will stand."""
    subtitles = exercise[0].children[1:]
    title = "".join(each.astext() for each in subtitles).replace("{", "{{").replace("}", "}}")
    return form.replace("%s", "{number}") + (f" “{title}”" if title else "")


def setup(app):
    """Register the room with Sphinx."""
    app.add_post_transform(NameExercises)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
