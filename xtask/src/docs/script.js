// The search: operations, parameters, types, fields, values and error types by name, and then by what is said of them.
const input = document.querySelector("input");
const found = document.getElementById("found");
const contents = document.getElementById("contents");
const targets = Array.from(document.querySelectorAll("[data-find]"), (element) => ({
  id: element.id,
  name: element.dataset.find,
  kind: element.dataset.kind,
  text: element.textContent.toLowerCase(),
}));
input.addEventListener("input", () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  contents.hidden = words.length > 0;
  const within = (text) => words.every((word) => text.includes(word));
  const ranks = targets.map((target) => {
    const name = target.name.toLowerCase();
    return [target, within(name) ? name.length : within(target.text) ? 1000 : Infinity];
  });
  const best = ranks.filter(([, rank]) => words.length && rank < Infinity).sort((one, other) => one[1] - other[1]);
  const items = best.slice(0, 50).map(([target]) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = "#" + target.id;
    link.textContent = target.name;
    link.appendChild(document.createElement("small")).textContent = target.kind;
    return item;
  });
  if (words.length && !items.length) items.push(Object.assign(document.createElement("li"), { textContent: "Nothing found." }));
  found.replaceChildren(...items);
});
// What is looked for may be folded away.
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let outer = target?.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
  target?.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();
