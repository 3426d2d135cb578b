"use strict";
const table = document.querySelector(".history"), body = table.tBodies[0], rows = [...body.rows];
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
for (const plot of document.querySelectorAll(".plot")) {
  const show = event => {
    const frame = plot.getBoundingClientRect();
    const share = (event.clientX - frame.left) / frame.width;
    const cells = rows[Math.max(0, Math.min(rows.length - 1, Math.floor(share * rows.length)))].cells;
    const cell = cells[4].hasAttribute("colspan") ? cells[4] : cells[4 + Number(plot.dataset.series)];
    const text = index => cells[index].textContent;
    const lines = [cell.textContent.trim() || "no value", `${text(0)}  ${text(1)}  ${text(2)}`, text(3)];
    tip.replaceChildren(...lines.map(line => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
    tip.hidden = hair.hidden = false;
    hair.style.left = `${event.clientX}px`;
    hair.style.top = `${frame.top}px`;
    hair.style.height = `${frame.height}px`;
    tip.style.left = `${Math.max(0, Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 12))}px`;
    tip.style.top = `${Math.max(0, frame.top - tip.offsetHeight - 4)}px`;
  };
  plot.addEventListener("pointermove", show);
  plot.addEventListener("pointerdown", show);
  plot.addEventListener("pointerleave", () => tip.hidden = hair.hidden = true);
}
