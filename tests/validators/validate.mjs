// The sample newsletter, and a site made of CommonMark's own examples, judged by what others wrote:
// the W3C's HTML checker on every page, a strict XML parser and the formats' rules on every feed, and a crawl of every
// internal link and fragment under `/`, `/repo/` and `/a/b/`.
//
//   node tests/validators/validate.mjs PATH_TO_NEWSGEN

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as parse5 from "parse5";
import { SaxesParser } from "saxes";

const newsgen = path.resolve(process.argv[2] ?? "target/release/newsgen");
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(import.meta.url);
const work = mkdtempSync(path.join(tmpdir(), "newsgen-validate-"));
let problems = 0;
let checked = 0;

function complain(message) {
  problems += 1;
  console.error(`  ${message}`);
}

function files(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => file.endsWith(ending) && statSync(file).isFile())
    .sort();
}

function build(site, out, base) {
  const run = spawnSync(newsgen, ["build", "-q", "--root", site, "-o", out, "--base-url", base], { encoding: "utf8" });
  if (run.status !== 0) {
    complain(`build of ${site} ended with ${run.status}:\n${run.stderr}`);
    process.exit(1);
  }
}

function html(folder) {
  const pages = files(folder, ".html");
  checked += pages.length;
  const jar = require("vnu-jar");
  const run = spawnSync("java", ["-jar", jar, "--errors-only", "--format", "json", "--skip-non-html", folder], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const { messages } = JSON.parse(run.stderr || run.stdout || '{"messages":[]}');
  for (const message of messages) {
    complain(`${message.url}:${message.lastLine}: ${message.message} | ${(message.extract ?? "").replaceAll("\n", " ")}`);
  }
  console.log(`  ${pages.length} pages, ${messages.length} errors`);
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const RFC822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/;

// A small tree of an XML document; the parser is strict about well-formedness and namespaces.
function xml(file) {
  const document = { name: "", children: [], text: "" };
  const stack = [document];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => complain(`${file}: ${error.message}`));
  parser.on("opentag", (tag) => {
    const node = { name: tag.name, attributes: tag.attributes, children: [], text: "" };
    stack.at(-1).children.push(node);
    stack.push(node);
  });
  parser.on("closetag", () => stack.pop());
  parser.on("text", (text) => (stack.at(-1).text += text));
  parser.on("cdata", (text) => (stack.at(-1).text += text));
  parser.write(readFileSync(file, "utf8")).close();
  return document.children[0];
}

const children = (node, name) => node.children.filter((child) => child.name === name);
const value = (node, name) => children(node, name)[0]?.text;

// Every link and picture in a feed's HTML leads somewhere by itself.
function absolute(file, fragment) {
  const visit = (node) => {
    for (const attribute of node.attrs ?? []) {
      const isLink = ["href", "src"].includes(attribute.name) && !attribute.value.startsWith("#");
      if (isLink && !/^[a-z][a-z0-9+.-]*:/i.test(attribute.value)) complain(`${file}: relative link ${attribute.value}`);
    }
    (node.childNodes ?? []).forEach(visit);
  };
  visit(parse5.parseFragment(fragment));
}

function atom(file, base) {
  const feed = xml(file);
  if (!feed) return;
  const need = (node, name, test = (text) => text?.trim()) => {
    const found = children(node, name);
    if (found.length !== 1 || !test(found[0].text)) complain(`${file}: ${node.name} needs one good ${name}`);
  };
  need(feed, "title");
  need(feed, "id");
  need(feed, "updated", (text) => RFC3339.test(text));
  const self = children(feed, "link").find((link) => link.attributes.rel?.value === "self");
  if (!self?.attributes.href.value.startsWith(base)) complain(`${file}: no link to itself`);
  const ids = new Set();
  for (const entry of children(feed, "entry")) {
    ["title", "id", "content"].forEach((name) => need(entry, name));
    ["updated", "published"].forEach((name) => need(entry, name, (text) => RFC3339.test(text)));
    if (ids.has(value(entry, "id"))) complain(`${file}: two entries share the id ${value(entry, "id")}`);
    ids.add(value(entry, "id"));
    if (!/^(tag:|https?:)/.test(value(entry, "id") ?? "")) complain(`${file}: ${value(entry, "id")} is no IRI`);
    absolute(file, value(entry, "content") ?? "");
  }
  return children(feed, "entry").length;
}

function rss(file) {
  const channel = children(xml(file), "channel")[0];
  for (const name of ["title", "link", "description"]) if (!value(channel, name)) complain(`${file}: no ${name}`);
  if (!RFC822.test(value(channel, "lastBuildDate"))) complain(`${file}: lastBuildDate`);
  const guids = new Set();
  for (const item of children(channel, "item")) {
    if (!value(item, "title") && !value(item, "description")) complain(`${file}: an item without title`);
    if (!RFC822.test(value(item, "pubDate"))) complain(`${file}: pubDate ${value(item, "pubDate")}`);
    if (guids.has(value(item, "guid"))) complain(`${file}: guid ${value(item, "guid")} twice`);
    guids.add(value(item, "guid"));
    absolute(file, value(item, "content:encoded") ?? "");
  }
}

function jsonFeed(file) {
  const feed = JSON.parse(readFileSync(file, "utf8"));
  if (feed.version !== "https://jsonfeed.org/version/1.1" || !feed.title) complain(`${file}: version or title`);
  for (const item of feed.items) {
    if (typeof item.id !== "string" || !item.content_html) complain(`${file}: an item without id or content`);
    if (!RFC3339.test(item.date_published)) complain(`${file}: date_published ${item.date_published}`);
    absolute(file, item.content_html);
  }
}

function feeds(folder, base) {
  let entries = 0;
  const all = files(folder, "feed.xml");
  for (const file of all) entries += atom(file, base) ?? 0;
  rss(path.join(folder, "rss.xml"));
  jsonFeed(path.join(folder, "feed.json"));
  const urls = children(xml(path.join(folder, "sitemap.xml")), "url").map((url) => value(url, "loc"));
  for (const url of urls) {
    const file = path.join(folder, decodeURIComponent(url.slice(base.length)), "index.html");
    if (!url.startsWith(base) || !existsSync(file)) complain(`sitemap: ${url} is no page`);
  }
  checked += all.length + 3;
  console.log(`  ${all.length + 2} feeds with ${entries} entries, ${urls.length} addresses in the sitemap`);
}

// Every internal link of every page leads to a file, every fragment to an id.
function crawl(folder, base) {
  const basePath = new URL(base).pathname;
  const ids = new Map();
  const idsOf = (file) => {
    if (!ids.has(file)) {
      const found = new Set();
      const visit = (node) => {
        for (const { name, value } of node.attrs ?? []) if (name === "id") found.add(value);
        (node.childNodes ?? []).forEach(visit);
      };
      visit(parse5.parse(readFileSync(file, "utf8")));
      ids.set(file, found);
    }
    return ids.get(file);
  };
  let links = 0;
  for (const file of files(folder, ".html")) {
    const here = new URL(basePath + path.relative(folder, file).replace(/index\.html$/, ""), base);
    const visit = (node) => {
      for (const { name, value } of node.attrs ?? []) {
        if (!["href", "src", "action"].includes(name)) continue;
        const url = new URL(value, here);
        if (url.origin !== here.origin || !url.protocol.startsWith("http")) continue;
        links += 1;
        if (!url.pathname.startsWith(basePath)) {
          complain(`${file}: ${value} leads out of ${basePath}`);
          continue;
        }
        const target = path.join(folder, decodeURIComponent(url.pathname.slice(basePath.length)));
        const page = target.endsWith(path.sep) || target === folder ? path.join(target, "index.html") : target;
        const isFile = existsSync(page) && statSync(page).isFile();
        if (!isFile) complain(`${file}: ${value} is broken`);
        else if (url.hash && page.endsWith(".html") && !idsOf(page).has(decodeURIComponent(url.hash.slice(1))))
          complain(`${file}: nothing has the id of ${value}`);
      }
      (node.childNodes ?? []).forEach(visit);
    };
    visit(parse5.parse(readFileSync(file, "utf8")));
  }
  checked += links;
  console.log(`  ${links} internal links below ${basePath}`);
}

// CommonMark's examples, each as the text of a briefing: whatever is pasted, the page is valid and nothing runs.
function commonmark() {
  const site = path.join(work, "commonmark");
  mkdirSync(path.join(site, "content/briefings"), { recursive: true });
  writeFileSync(path.join(site, "newsgen.yaml"), 'title: "CommonMark"\nbase_url: "https://example.org/"\n');
  const spec = readFileSync(require.resolve("commonmark-spec/spec.txt"), "utf8");
  const examples = [...spec.matchAll(/^`{32} example\n([\s\S]*?)^\.\n[\s\S]*?^`{32}$/gm)];
  examples.forEach(([, text], at) => {
    const head = `---\ntitle: "Example ${at + 1}"\ndate: "2025-01-01"\ntags: manual\n---\n\n`;
    writeFileSync(path.join(site, `content/briefings/example-${at + 1}.md`), head + text.replaceAll("→", "\t"));
  });
  const out = path.join(work, "commonmark-out");
  build(site, out, "https://example.org/");
  console.log(`  ${examples.length} examples`);
  if (examples.length < 600) complain("CommonMark's examples were not found");
  html(path.join(out, "briefings"));
}

const sample = path.join(work, "sample");
for (const base of ["https://example.org/", "https://example.org/repo/", "https://example.org/a/b/"]) {
  console.log(`the sample under ${base}`);
  const out = `${sample}${new URL(base).pathname.replaceAll("/", "-")}`;
  build(root, out, base);
  crawl(out, base);
  feeds(out, base);
  if (base === "https://example.org/") html(out);
}
console.log("CommonMark's own examples");
commonmark();

rmSync(work, { recursive: true, force: true });
console.log(`${checked} passed, ${problems} failed`);
process.exit(problems > 0 ? 1 : 0);
