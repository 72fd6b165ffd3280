"""A page opened as a notebook in JupyterLab: its cells run, its widgets are found, and its Python is asked.

Running goes through the commands behind the menus, which tell when they are done; a click on a cell that the notebook
has not drawn yet goes nowhere.
"""

from reader import eventually

OPEN = """async (path) => {
  const { commands, shell } = window.jupyterapp;
  for (const widget of [...shell.widgets('main')]) {
    await widget.context?.sessionContext.shutdown();
    widget.dispose();
  }
  const { context } = await commands.execute('docmanager:open', { path });
  await Promise.all([context.ready, context.sessionContext.ready]);
  await context.sessionContext.session.kernel.info;
}"""

# The first cell whose source has these words; without such a cell, a new one at the end with this source.
RUN_CELL = """async ([words, source]) => {
  const { commands, shell } = window.jupyterapp;
  const { content } = shell.currentWidget;
  if (source) {
    content.activeCellIndex = content.widgets.length - 1;
    await commands.execute('notebook:insert-cell-below');
    content.activeCell.model.sharedModel.setSource(source);
  } else {
    content.activeCellIndex = content.widgets.findIndex(
      ({ model }) => model.type === 'code' && model.sharedModel.getSource().includes(words));
  }
  await content.scrollToItem(content.activeCellIndex);
  await commands.execute('notebook:run-cell');
  const faults = content.activeCell.model.outputs.toJSON().filter(({ output_type }) => output_type === 'error');
  return faults.map(({ ename, evalue }) => `${ename}: ${evalue}`).join();
}"""

RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"

PRINTED = """async (code) => {
  const { kernel } = window.jupyterapp.shell.currentWidget.context.sessionContext.session;
  const future = kernel.requestExecute({ code, store_history: false });
  let printed = '';
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === 'stream') printed += content.text;
    if (header.msg_type === 'error') printed += `${content.ename}: ${content.evalue}`;
  };
  await future.done;
  return printed.trim();
}"""


class Notebook:
    """One notebook, opened in a JupyterLab in place of an earlier one, with its kernel ready."""

    def __init__(self, page, path):
        self.page = page
        page.evaluate(OPEN, path)

    def run(self, words):
        """Run the cell that holds these words, and return it."""
        assert self.page.evaluate(RUN_CELL, [words, None]) == ""
        return self.page.locator(".jp-CodeCell", has_text=words).first

    def run_all(self):
        """Run every cell."""
        self.page.evaluate(RUN_ALL)

    def add(self, source):
        """Run a new cell at the end, and return it."""
        assert self.page.evaluate(RUN_CELL, [None, source]) == ""
        return self.page.locator(".jp-CodeCell", has_text=source).last

    def widget(self, cell):
        """The live widget that a cell shows, once it is there."""
        live = cell.locator(".marubatsu-live")
        live.wait_for(timeout=60000)
        live.scroll_into_view_if_needed()
        return live

    def printed(self, code):
        """What Python prints when it is asked outside the cells."""
        return self.page.evaluate(PRINTED, code)

    @eventually
    def expect_printed(self, code, text):
        """Python prints this text, perhaps after a moment: a change in the browser is on its way."""
        assert self.printed(code) == text
