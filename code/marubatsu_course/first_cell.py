"""The first cell of a notebook: it installs what is missing, or says who can help."""

EXTRAS = "data,figures,training,widgets,weights"
FOR_STUDENTS = (
    "The library of this assignment is missing here. Ask your lecturer for it, or for the link that opens this "
    "notebook in Binder or Colab."
)


def first_cell(repository: str, otherwise: str = FOR_STUDENTS) -> str:
    """Return the source of a cell that does nothing where the library is there.

    Parameters
    ----------
    repository : str
        The web address from which the library can be installed; empty where there is none.
    otherwise : str
        What the cell says in that case.
    """
    missing = "import importlib.util\n\nif importlib.util.find_spec('marubatsu') is None:\n"
    if repository:
        return missing + f'    %pip install --quiet "marubatsu[{EXTRAS}] @ git+{repository}"'
    return missing + f'    raise ModuleNotFoundError("{otherwise}")'
