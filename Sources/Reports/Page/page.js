"use strict";
const table = document.querySelector("#commits"), body = table.tBodies[0], rows = [...body.rows];
const make = (name, id) => {
  const element = document.createElement(name);
  element.id = id;
  element.hidden = true;
  return document.body.appendChild(element);
};

const search = document.querySelector("#search"), count = search.querySelector("output");
let texts;
search.hidden = false;
search.querySelector("input").addEventListener("input", event => {
  texts ??= rows.map(row => row.textContent.toLowerCase());
  const wanted = event.target.value.toLowerCase();
  let found = 0;
  body.remove();
  rows.forEach((row, index) => {
    row.hidden = !texts[index].includes(wanted);
    if (!row.hidden) found++;
  });
  table.append(body);
  count.textContent = wanted && `${found} of ${rows.length}`;
});

const key = (row, column, index) => {
  if (column == 0) return index;
  if (column < 4) return row.cells[column].textContent;
  const number = row.cells[4].hasAttribute("colspan") ? NaN : parseFloat(row.cells[column].textContent);
  return isNaN(number) ? null : number;
};
const heads = [...table.tHead.rows[0].cells];
heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  head.append(button);
  button.append(head.querySelector("span"));
  button.addEventListener("click", () => {
    const descends = head.ariaSort == "ascending";
    heads.forEach(other => other.ariaSort = null);
    head.ariaSort = descends ? "descending" : "ascending";
    const order = rows.map((row, index) => ({ row, index, key: key(row, column, index) }));
    const compare = (a, b) => {
      if (a.key === b.key) return 0;
      if (a.key === null) return 1;
      if (b.key === null) return -1;
      return a.key < b.key == descends ? 1 : -1;
    };
    order.sort((a, b) => compare(a, b) || a.index - b.index);
    body.remove();
    for (const entry of order) body.append(entry.row);
    table.append(body);
  });
});

const tip = make("div", "tip"), hair = make("div", "hair");
const others = document.querySelector("#others");
for (const plot of document.querySelectorAll(".plot")) {
  const own = others?.parentElement.parentElement.contains(plot) ? [...others.tBodies[0].rows] : rows;
  const value = row => row.cells[4].hasAttribute("colspan") ? "" : row.cells[4 + Number(plot.dataset.series)].textContent.trim();
  const tell = index => {
    const [number, ...change] = value(own[index]).split(" ");
    const before = own.slice(0, index).findLast(row => value(row));
    if (!change[0] && before) {
      const difference = Number((parseFloat(number) - parseFloat(value(before))).toPrecision(6));
      if (difference) change.push((difference > 0 ? "+" : "") + difference);
    }
    return [number, plot.dataset.unit, ...change].join(" ");
  };
  const show = event => {
    const frame = plot.getBoundingClientRect();
    const share = (event.clientX - frame.left) / frame.width;
    const index = Math.max(0, Math.min(own.length - 1, Math.floor(share * own.length)));
    const cells = own[index].cells, text = index => cells[index].textContent;
    const reason = cells[4].hasAttribute("colspan") ? text(4).trim() : "no value";
    const lines = [value(own[index]) ? tell(index) : reason, `${text(0)}  ${text(1)}  ${text(2)}`, text(3)];
    tip.replaceChildren(...lines.map(line => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
    const snapped = frame.left + (index + ("joined" in plot.dataset ? .5 : 0)) / own.length * frame.width;
    tip.hidden = hair.hidden = false;
    hair.style.left = `${snapped}px`;
    hair.style.top = `${frame.top}px`;
    hair.style.height = `${frame.height}px`;
    tip.style.left = `${Math.max(0, Math.min(snapped + 12, innerWidth - tip.offsetWidth - 12))}px`;
    tip.style.top = `${Math.max(0, frame.top - tip.offsetHeight - 4)}px`;
  };
  plot.addEventListener("pointermove", show);
  plot.addEventListener("pointerdown", show);
  plot.addEventListener("pointerleave", () => tip.hidden = hair.hidden = true);
}
