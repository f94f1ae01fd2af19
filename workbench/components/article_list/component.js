// The list of articles. Imported text goes in as text nodes only.

import { element, written } from "../workbench.annotator/marks.js";
import { inProject, number } from "../workbench.annotator/text.js";

const sends = new WeakMap();
let left = null; // where the list stood when an article was opened from it

export default function articleList({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector(".articles");
  const isNew = !sends.has(table);
  if (isNew) table.tBodies[0].addEventListener("click", (event) => open(table, event));
  sends.set(table, (id) => setTriggerValue("open", id));
  table.classList.toggle("has-no-outlet", data.rows.every(({ outlet }) => !outlet));
  table.tBodies[0].replaceChildren(...data.rows.map(row));
  if (isNew) onceShown(table, () => comeBack(table));
}

/** The table has no height before its style sheet is there; until then nothing can be scrolled. */
function onceShown(table, then) {
  new ResizeObserver((_, observer) => {
    if (!table.offsetHeight) return;
    observer.disconnect();
    then();
  }).observe(table);
}

const page = (table) => table.getRootNode().host?.closest("[data-testid=stMain]");

/** Whoever comes back from an article finds the list as they left it; another page starts on top. */
function comeBack(table) {
  const link = left && table.querySelector(`a[data-article="${CSS.escape(left.article)}"]`);
  if (link) {
    page(table)?.scrollTo(0, left.top);
    link.focus({ preventScroll: true, focusVisible: left.byKey });
  } else if (table.getBoundingClientRect().top < 0) {
    page(table)?.scrollTo(0, 0);
  }
  left = null;
}

function open(table, event) {
  const link = event.target.closest("tr")?.querySelector("a");
  const isForTheBrowser = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isForTheBrowser || String(globalThis.getSelection?.() ?? "")) return;
  event.preventDefault();
  const { article } = link.dataset;
  left = { article, top: page(table)?.scrollTop ?? 0, byKey: event.detail === 0 };
  sends.get(table)(article);
}

function row(article) {
  const made = element("tr");
  const outlet = element("td", "outlet");
  if (article.outlet) outlet.append(named(article.outlet));
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
  const link = element("a");
  link.append(...written(article.title));
  link.dir = "auto";
  link.href = inProject(`?article=${encodeURIComponent(article.id)}`);
  link.dataset.article = article.id;
  made.append(link);
  if (article.outlet || article.published) made.append(where(article));
  if (article.noticed) made.append(element("span", "noticed", `Noticed at import: ${article.noticed}`));
  return made;
}

/** Where there is no room for columns: outlet and date in one line. */
function where({ outlet, published }) {
  const made = element("span", "where");
  const parts = [...(outlet ? [named(outlet)] : []), ...(published ? [published] : [])];
  made.append(...parts.flatMap((part, at) => (at ? [" · ", part] : [part])));
  return made;
}

/** An outlet's name: whichever way it runs, what stands beside it stays in its place. */
function named(outlet) {
  const made = element("bdi", "name");
  made.append(...written(outlet));
  made.title = outlet;
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
