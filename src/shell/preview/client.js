// Added to pages of the preview only: shows the page anew when its bytes change, swaps style sheets in place, and lays
// what is wrong over the last good page. Published pages never have it.
(() => {
  "use strict";
  const self = document.currentScript;
  const desk = new URL("./", self.src).pathname;
  const { version = "", source = "", edit = "", banner = "" } = self.dataset;
  const isFramed = window.top !== window;
  // The desk's own pages, and those that they frame, lie beside what is wrong: nothing is laid over them unless asked.
  const isDesk = isFramed || location.pathname.startsWith(desk);
  const reloaded = "newsgen-reloaded:" + location.pathname;
  let stream = null;
  let styles = null;
  let hidden = "";

  const look = `
    :host { all: initial; color-scheme: light dark; --ground: #fff; --ink: #1a1a1a; --line: #c9c9c9; --bad: #b3261e; --mark: #fff4e5; --link: #0b57d0;
      font: 15px/1.5 system-ui, sans-serif; color: var(--ink); }
    @media (prefers-color-scheme: dark) { :host { --ground: #1d1e20; --ink: #eee; --line: #55585c; --bad: #ff8a80; --mark: #3a2f1d; --link: #a8c7fa; } }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    a { color: var(--link); }
    button { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px; padding: 2px 10px; cursor: pointer; }
    a:focus-visible, button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    .problems { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; background: color-mix(in srgb, var(--ground) 55%, transparent); padding: 4vh 4vw; backdrop-filter: blur(1px); }
    .sheet { max-width: 62rem; margin: 0 auto; background: var(--ground); border: 1px solid var(--line); border-top: 4px solid var(--bad); border-radius: 8px; padding: 1rem 1.25rem 1.25rem; box-shadow: 0 10px 40px #0004; }
    .head { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; flex-wrap: wrap; }
    h1 { font-size: 1.1rem; margin: 0; color: var(--bad); }
    h2 { font-size: 1rem; margin: 1.1rem 0 .3rem; overflow-wrap: anywhere; }
    p { margin: .3rem 0; }
    pre { font: 13px/1.45 ui-monospace, monospace; margin: 0; padding: .75rem; overflow: auto; background: var(--mark); border-radius: 6px; }
    .bar { position: fixed; right: 12px; bottom: 12px; z-index: 2147483646; display: flex; gap: .75rem; align-items: center; background: var(--ground); border: 1px solid var(--line); border-radius: 999px; padding: 3px 14px; font-size: 13px; opacity: .75; max-width: calc(100vw - 24px); }
    .bar:hover, .bar:focus-within { opacity: 1; }
    .bar.bad { border-color: var(--bad); opacity: 1; }
    .banner { position: fixed; left: 0; right: 0; bottom: 0; z-index: 2147483645; background: #7a4b00; color: #fff; text-align: center; padding: 6px 12px; font-weight: 600; }
    [hidden] { display: none !important; }
  `;

  const host = document.createElement("newsgen-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  root.adoptedStyleSheets = [sheet];
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const link = (href, words) => element("a", { href, textContent: words });

  const problems = element("div", { className: "problems", hidden: true });
  problems.setAttribute("role", "alertdialog");
  problems.setAttribute("aria-label", "What is wrong with the site");
  const bar = element("div", { className: "bar" });
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Preview");
  root.append(problems, bar);
  if (banner) {
    const strip = element("div", { className: "banner", textContent: banner });
    strip.setAttribute("role", "status");
    root.append(strip);
    bar.style.bottom = "46px";
  }

  const drawBar = (count) => {
    bar.replaceChildren();
    bar.classList.toggle("bad", count > 0);
    if (count > 0) {
      const words = count === 1 ? "1 error" : `${count} errors`;
      bar.append(element("button", { type: "button", textContent: words, onclick: () => show(true) }));
    }
    if (edit) bar.append(link(edit, "Edit"));
    if (!isDesk) bar.append(link(desk + (source ? "briefing?file=" + encodeURIComponent(source) : ""), "Desk"));
    bar.hidden = isFramed || (isDesk && count === 0);
  };

  let shown = [];
  const show = (open) => {
    hidden = open ? "" : JSON.stringify(shown);
    problems.hidden = !open;
    drawBar(shown.length);
    if (open) problems.querySelector("button")?.focus({ preventScroll: true });
  };

  const take = (list) => {
    shown = list;
    if (list.length === 0) {
      hidden = "";
      problems.hidden = true;
      problems.replaceChildren();
      drawBar(0);
      return;
    }
    const words = list.length === 1 ? "1 error: this is the last good version" : `${list.length} errors: this is the last good version`;
    const close = element("button", { type: "button", textContent: "Hide (Esc)", onclick: () => show(false) });
    const body = element("div", { className: "sheet" }, element("div", { className: "head" }, element("h1", { textContent: words }), close));
    for (const one of list) {
      const place = one.file ? one.file + (one.line ? `:${one.line}:${one.column}` : "") : "the site";
      const title = element("h2");
      title.append(one.edit ? link(one.edit, place) : place);
      body.append(title, element("pre", { textContent: one.drawn }));
    }
    problems.replaceChildren(body);
    problems.hidden = isDesk || hidden === JSON.stringify(list);
    drawBar(list.length);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !problems.hidden) {
      event.preventDefault();
      show(false);
    }
  });

  // A style sheet is replaced only when the new one is there: the page never stands naked, and does not move.
  const swap = (old, href) => {
    const fresh = old.cloneNode();
    fresh.href = href;
    fresh.addEventListener("load", () => old.remove(), { once: true });
    fresh.addEventListener("error", () => fresh.remove(), { once: true });
    old.after(fresh);
  };

  const restyle = (now) => {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((one) => new URL(one.href).origin === location.origin);
    const linked = new Set();
    for (const one of links) {
      const address = new URL(one.href);
      const print = now[address.pathname];
      if (print === undefined) continue;
      linked.add(address.pathname);
      const had = address.searchParams.get("v") ?? styles?.[address.pathname] ?? print;
      if (had !== print) swap(one, `${address.pathname}?v=${print}`);
    }
    // A sheet that another one imports: all of them are read anew.
    const imported = styles !== null && Object.keys(now).some((path) => !linked.has(path) && styles[path] !== now[path]);
    if (imported) {
      for (const one of links) {
        const address = new URL(one.href);
        address.searchParams.set("preview", String(Date.now()));
        swap(one, address.pathname + address.search);
      }
    }
    styles = now;
  };

  const hear = (event) => {
    const state = JSON.parse(event.data);
    if (state.version !== version) {
      // Once for each state: should the page come back as it was, it is shown, not reloaded for ever.
      if (sessionStorage.getItem(reloaded) !== state.version) {
        sessionStorage.setItem(reloaded, state.version);
        location.reload();
        return;
      }
    } else {
      sessionStorage.removeItem(reloaded);
    }
    restyle(state.styles);
    take(state.problems);
  };

  // Only pages that somebody sees listen: a browser keeps six connections to a server, and ten tabs would take them all.
  const listen = () => {
    if (document.hidden || stream) return;
    const page = location.pathname + (location.pathname.startsWith(desk) ? location.search : "");
    stream = new EventSource(`${desk}events?page=${encodeURIComponent(page)}`);
    stream.addEventListener("state", hear);
    stream.addEventListener("error", () => {
      // The server answers but does not stream, as while it starts: try again instead of giving up.
      if (stream && stream.readyState === EventSource.CLOSED) {
        rest();
        setTimeout(listen, 1000);
      }
    });
  };
  const rest = () => {
    stream?.close();
    stream = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);

  drawBar(0);
  document.documentElement.append(host);
  listen();
})();
