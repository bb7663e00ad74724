// Search, and the "/" key. Nothing else here needs a script.
(() => {
  "use strict";
  const form = document.querySelector("form[data-index]");
  const input = form && form.elements.q;

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const link = document.querySelector("a[aria-keyshortcuts='/']");
    if (input) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (link) {
      event.preventDefault();
      location.assign(link.href);
    }
  });
  if (!form) return;

  const status = document.querySelector(".found");
  const list = document.querySelector(".results");
  const most = 50;

  // Letters that Unicode does not take apart, as readers type them.
  const plain = { ł: "l", đ: "d", ø: "o", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ð: "d", "’": "'" };

  // A text without case and accents, and where each of its characters came from.
  const fold = (text) => {
    let folded = "";
    const from = [];
    let at = 0;
    for (const letter of text) {
      const low = letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      const shown = plain[low] ?? low;
      folded += shown;
      for (let i = 0; i < shown.length; i += 1) from.push(at);
      at += letter.length;
    }
    from.push(at);
    return { folded, from };
  };

  // A word is found at the start of a word; in scripts without spaces, anywhere.
  const pattern = (word) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    const free = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}]/u.test(word);
    return new RegExp(free ? escaped : `(?<![\\p{L}\\p{N}])${escaped}`, "gu");
  };

  const weights = { title: 8, words: 3, category: 3, date: 2, summary: 1 };

  const read = (data) => data.briefings.map(([href, title, date, category, summary, words]) => {
    const row = { href, title, date, category, summary, words, text: {} };
    for (const field of Object.keys(weights)) row.text[field] = fold(row[field]).folded;
    return row;
  });

  const find = (rows, query) => {
    const patterns = fold(query).folded.split(/\s+/u).filter(Boolean).map(pattern);
    const score = (row) => {
      let sum = 0;
      for (const one of patterns) {
        let best = 0;
        for (const field of Object.keys(weights)) {
          if (weights[field] > best && row.text[field].search(one) >= 0) best = weights[field];
        }
        if (!best) return 0;
        sum += best;
      }
      return sum;
    };
    const hits = rows.map((row) => ({ row, score: score(row) })).filter((hit) => hit.score);
    return { patterns, hits: hits.sort((a, b) => b.score - a.score) };
  };

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  // The text with the found words marked.
  const marked = (text, patterns) => {
    const { folded, from } = fold(text);
    const spans = [];
    for (const one of patterns) {
      for (const match of folded.matchAll(one)) spans.push([from[match.index], from[match.index + match[0].length]]);
    }
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const out = document.createDocumentFragment();
    let at = 0;
    for (const [start, end] of spans) {
      if (start < at || end <= start) continue;
      out.append(text.slice(at, start), element("mark", "", text.slice(start, end)));
      at = end;
    }
    out.append(text.slice(at));
    return out;
  };

  // Days as the pages print them: 5 June 2025, in American English June 5, 2025.
  const language = document.documentElement.lang || "en";
  const date = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" });

  const card = (row, patterns) => {
    const link = element("a", "", marked(row.title, patterns));
    link.href = row.href;
    const day = element("time", "", date.format(new Date(row.date)));
    day.dateTime = row.date;
    const when = element("p", "when", day);
    if (row.category) when.append(element("span", "category", marked(row.category, patterns)));
    const what = element("div", "what", element("h2", "", link), element("p", "summary", marked(row.summary, patterns)));
    what.append(element("p", "audiences", marked(row.words, patterns)));
    return element("article", "card row", when, what);
  };

  let rows = null;
  let latest = 0;
  const search = async (history) => {
    const query = input.value.trim();
    const address = new URL(location.href);
    address.search = query ? `?${new URLSearchParams({ q: query })}` : "";
    if (history) window.history[history](null, "", address);
    const turn = (latest += 1);
    try {
      rows ??= fetch(form.dataset.index).then((answer) => {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.json();
      }).then(read);
      const { patterns, hits } = find(await rows, query);
      if (turn !== latest) return;
      list.replaceChildren(...hits.slice(0, most).map((hit) => card(hit.row, patterns)));
      const count = hits.length === 1 ? "1 briefing" : `${hits.length} briefings`;
      const cut = hits.length > most ? `, the best ${most} are shown` : "";
      status.textContent = query ? `${hits.length ? count : "No briefing"} for “${query}”${cut}` : "";
    } catch {
      rows = null;
      status.textContent = "The list of briefings could not be loaded. Try again in a moment.";
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search("pushState");
  });
  input.addEventListener("input", () => search("replaceState"));
  addEventListener("popstate", () => {
    input.value = new URLSearchParams(location.search).get("q") || "";
    search();
  });

  // Arrows walk from the field through the results and back.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Escape") return;
    const stops = [input, ...list.querySelectorAll("h2 a")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    if (event.key === "Escape" && at === 0) return;
    event.preventDefault();
    const next = event.key === "Escape" ? 0 : at + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[next]) stops[next].focus();
  });

  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) search();
  else input.focus();
})();
