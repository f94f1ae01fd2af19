// The list of articles. Imported text goes in as text nodes only.

import { element } from "../workbench.annotator/marks.js";
import { number } from "../workbench.annotator/text.js";

const sends = new WeakMap();

export default function articleList({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector(".articles");
  if (!sends.has(table)) table.tBodies[0].addEventListener("click", (event) => open(table, event));
  sends.set(table, (id) => setTriggerValue("open", id));
  table.classList.toggle("has-no-outlet", data.rows.every(({ outlet }) => !outlet));
  table.tBodies[0].replaceChildren(...data.rows.map(row));
}

function open(table, event) {
  const link = event.target.closest("tr")?.querySelector("a");
  const isForTheBrowser = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isForTheBrowser || String(globalThis.getSelection?.() ?? "")) return;
  event.preventDefault();
  sends.get(table)(link.dataset.article);
}

function row(article) {
  const made = element("tr");
  const outlet = cell("outlet", article.outlet);
  outlet.dir = "auto";
  made.append(
    title(article),
    outlet,
    cell("date", article.published),
    cell("number", number(article.n_queued)),
    done(article),
  );
  return made;
}

function title(article) {
  const made = element("th", "title");
  made.scope = "row";
  const link = element("a", "", article.title);
  link.dir = "auto";
  link.href = `?article=${encodeURIComponent(article.id)}`;
  link.dataset.article = article.id;
  made.append(link);
  const where = [article.outlet, article.published].filter(Boolean).join(" · ");
  if (where) made.append(element("span", "where", where));
  if (article.noticed) made.append(element("span", "noticed", `Noticed at import: ${article.noticed}`));
  return made;
}

function done({ n_done: n, n_queued: of }) {
  const made = element("td", "done");
  const bar = element("span", "bar");
  const filled = element("i");
  filled.style.width = of ? `${(100 * n) / of}%` : "0";
  bar.append(filled);
  bar.setAttribute("aria-hidden", "true");
  const words = n && n === of ? "All" : n ? `${number(n)} of ${number(of)}` : of ? "None yet" : "–";
  made.append(bar, element("span", "words", words));
  return made;
}

const cell = (className, text) => element("td", className, text);
