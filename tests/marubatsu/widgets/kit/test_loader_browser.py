"""Many widgets in one document, as in a notebook: each brings its modules as one text, and they share them."""

from marubatsu.widgets import KernelTuner, PixelReader

SHOW = """async (widgets) => {
  for (const [text, state] of widgets) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const { default: widget } = await import(address);
    const model = { get: (name) => state[name], set() {}, on() {}, off() {}, save_changes() {} };
    const el = document.createElement("div");
    document.body.append(el);
    await widget.render({ model, el });
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const labels = [...document.querySelectorAll("label[for]")];
  return {
    ids: ids.length,
    twice: ids.filter((id, place) => ids.indexOf(id) !== place),
    strays: labels.filter((label) => label.control?.closest("body > div") !== label.closest("body > div")).length,
  };
}"""


def test_no_two_controls_of_one_notebook_have_the_same_name_and_each_label_names_its_own(browser):
    page = browser.new_page()
    made = [KernelTuner(), KernelTuner(image="head"), PixelReader()]
    found = page.evaluate(SHOW, [[each._esm, each.state()] for each in made])
    page.close()
    assert found["ids"] > 12 and found["twice"] == [] and found["strays"] == 0
