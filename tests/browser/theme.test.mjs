// The published site in a real browser. One command: `npm ci && npm test`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { rough, site } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const sizes = [{ width: 390, height: 844 }, { width: 1280, height: 860 }];
const schemes = ["light", "dark"];

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: quiet });
});
after(() => browser.close());

// Remembers what goes wrong on a page; answers of `url()` itself may be of any status.
function listen(page, url) {
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  // Leaving a page aborts what it was still fetching ahead.
  const aborted = (request) => request.failure()?.errorText === "net::ERR_ABORTED";
  page.on("requestfailed", (request) => aborted(request) || wrong.push(`${request.url()} failed`));
  page.on("response", (response) => response.status() >= 400 && response.url() !== url() && wrong.push(`${response.status()} ${response.url()}`));
  return wrong;
}

// A page that remembers what went wrong on it.
async function open(context, url) {
  const page = await context.newPage();
  const wrong = listen(page, () => url);
  await page.goto(url);
  return { page, wrong };
}

async function faults(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
  return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join("; ")}`);
}

// Both widths in both schemes; axe reads the narrow page in the light and the wide one in the dark.
async function lookAtAll(made, paths) {
  const context = await browser.newContext();
  for (const path of paths) {
    const { page, wrong } = await open(context, made.url(path));
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      for (const size of sizes) {
        await page.setViewportSize(size);
        const where = `${path} at ${size.width} px, ${colorScheme}`;
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(over, 0, `${where} is ${over} px too wide`);
        if ((size.width > 1000) === (colorScheme === "dark")) assert.deepEqual(await faults(page), [], where);
      }
    }
    assert.deepEqual(wrong, [], path);
    await page.close();
  }
  await context.close();
}

describe("the sample newsletter", () => {
  let sample;
  let context;
  before(async () => {
    sample = await site({ base: "/repo/" });
    context = await browser.newContext({ viewport: sizes[1] });
  });
  after(async () => {
    await context.close();
    sample.close();
  });

  test("every kind of page fits both widths and both schemes, without a fault that axe can find", async () => {
    await lookAtAll(sample, [
      "/", "/page/2/", "/briefings/2025-06-26-price-of-hormuz/", "/briefings/2025-09-15-nepal-interim/", "/issues/", "/issues/2026-03-24/",
      "/regions/", "/regions/europe/", "/actors/", "/actors/donald-trump/", "/lenses/", "/archive/", "/archive/2025/", "/archive/2025-10/",
      "/method/", "/search/?q=iran",
    ]);
  });

  test("search finds every word, without case and accents, the headline first", async () => {
    const { page, wrong } = await open(context, sample.url("/search/"));
    const field = page.getByRole("searchbox");
    await field.fill("ORBAN hungary");
    await page.locator(".results article").first().waitFor();
    const first = page.locator(".results h2").first();
    assert.match(await first.textContent(), /Hungary after Orbán/);
    assert.deepEqual(await first.locator("mark").allTextContents(), ["Hungary", "Orbán"]);
    assert.match(await page.getByRole("status").textContent(), /^\d+ briefings? for “ORBAN hungary”$/);
    assert.equal(new URL(page.url()).search, "?q=ORBAN+hungary");
    assert.ok(new URL(await first.locator("a").getAttribute("href"), page.url()).pathname.startsWith("/repo/briefings/"));
    await field.fill("hungary zzzz");
    await page.getByText("No briefing for").waitFor();
    assert.equal(await page.locator(".results article").count(), 0);
    await field.fill("");
    assert.equal(new URL(page.url()).search, "");
    assert.deepEqual(wrong, []);
    await page.close();
  });

  test("search works by keyboard alone, from any page and back", async () => {
    const { page } = await open(context, sample.url("/actors/"));
    await page.keyboard.press("/");
    await page.waitForURL("**/repo/search/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "q");
    await page.keyboard.type("iran/israel");
    assert.equal(await page.getByRole("searchbox").inputValue(), "iran/israel");
    await page.getByRole("searchbox").fill("iran");
    await page.locator(".results article").nth(1).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const second = await page.locator(".results h2 a").nth(1).getAttribute("href");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), second);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement.id), "q");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/briefings/**");
    await page.goBack();
    await page.locator(".results article").first().waitFor();
    assert.equal(await page.getByRole("searchbox").inputValue(), "iran");
    await page.close();
  });

  test("the first stop of the keyboard leads to the text", async () => {
    const { page } = await open(context, sample.url("/"));
    await page.keyboard.press("Tab");
    const link = page.locator(":focus");
    assert.equal(await link.textContent(), "Skip to the text");
    assert.ok((await link.boundingBox()).x >= 0);
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, "#content");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, "solid", "what has the focus shows it");
    await page.close();
  });

  test("without JavaScript all is there but the search, which says so", async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(sample.url("/briefings/2025-06-26-price-of-hormuz/"));
    for (const part of ["#facts", "#implications", "#what-we-think"]) assert.ok(await page.locator(part).isVisible(), part);
    await page.goto(sample.url("/search/"));
    assert.match(await page.content(), /<noscript>.*Search needs JavaScript/);
    await plain.close();
  });

  test("print is the text, black on white, with the targets of sources", async () => {
    const { page } = await open(context, sample.url("/briefings/2025-06-26-price-of-hormuz/"));
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await page.getByRole("navigation").count(), 0);
    const seen = await page.evaluate(() => ({
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
      target: getComputedStyle(document.querySelector("#sources a"), "::after").content,
    }));
    assert.deepEqual([seen.paper, seen.ink], ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
    assert.match(seen.target, /https:\/\/www\.eia\.gov/);
    await page.close();
  });
});

describe("a newsletter that strains the layout", () => {
  for (const language of ["de", "ar"]) {
    test(`long words, wide tables and a pale accent do no harm in ${language}`, async () => {
      const files = { ...rough, "newsgen.yaml": `language: ${language}\n${rough["newsgen.yaml"]}` };
      const made = await site({ files, inlineStyle: true });
      try {
        await lookAtAll(made, ["/", "/page/2/", "/briefings/2025-06-05-rough/", "/briefings/2025-06-03-third/", "/actors/viktor-orban/", "/lenses/", "/about/"]);
      } finally {
        made.close();
      }
    });
  }
});

describe("any base path", () => {
  const sites = [
    { name: "the sample", init: false, pages: 100, word: "hormuz" },
    { name: "a new site", init: true, pages: 10, word: "rates" },
  ];
  const cases = sites.flatMap((one) => ["/", "/repo/", "/a/b/"].map((base) => ({ ...one, base })));
  for (const { name, init, pages, word, base } of cases) {
    test(`links, styles and search of ${name} hold below ${base}`, async () => {
      const made = await site({ base, init });
      const context = await browser.newContext({ viewport: sizes[0] });
      try {
        const found = await crawl(made);
        assert.ok(found.length > pages, `${found.length} pages`);
        await openAll(context, made, found);
        const lost = made.url("/a/b/c/does-not-exist");
        const { page, wrong } = await open(context, lost);
        assert.match(await page.locator("h1").textContent(), /not found/i);
        assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector(".masthead"), "::after").content), "none", "the page for wrong addresses has its style");
        assert.deepEqual(wrong.filter((text) => !text.includes("404")), []);
        await page.getByRole("link", { name: "Search" }).first().click();
        await page.getByRole("searchbox").fill(word);
        await page.locator(".results h2 a").first().click();
        await page.locator("#facts").waitFor();
        assert.ok(new URL(page.url()).pathname.startsWith(`${base}briefings/`));
      } finally {
        await context.close();
        made.close();
      }
    });
  }
});

// Follows every link inside the site, fragments included.
async function crawl(made) {
  const queue = [made.base];
  const ids = new Map();
  const wanted = [];
  while (queue.length) {
    const path = queue.pop();
    if (ids.has(path)) continue;
    const answer = await fetch(made.origin + path);
    assert.equal(answer.status, 200, path);
    const text = await answer.text();
    if (!answer.headers.get("content-type").startsWith("text/html")) {
      ids.set(path, new Set());
      continue;
    }
    ids.set(path, new Set([...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1])));
    for (const [, found] of text.matchAll(/<[a-z][^>]* (?:href|src|action|data-index)="([^"]*)"/g)) {
      const target = new URL(found.replaceAll("&amp;", "&"), made.origin + path);
      if (target.origin !== made.origin) continue;
      assert.ok(target.pathname.startsWith(made.base), `${path} links to ${target.pathname}, outside ${made.base}`);
      queue.push(target.pathname);
      if (target.hash) wanted.push([path, target.pathname, decodeURIComponent(target.hash.slice(1))]);
    }
  }
  for (const [path, target, id] of wanted) assert.ok(ids.get(target).has(id), `${path} links to ${target}#${id}, which is not there`);
  return [...ids.keys()].filter((path) => path.endsWith("/"));
}

// Every page in the browser, a few at a time: nothing may fail to load, be refused by the policy, or be thrown.
async function openAll(context, made, paths) {
  const queue = [...paths];
  const look = async () => {
    const page = await context.newPage();
    const wrong = listen(page, () => "");
    while (queue.length) {
      const path = queue.pop();
      await page.goto(made.origin + path);
      const style = await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("margin-top"));
      assert.equal(style, "0px", `${path} has its style`);
      assert.deepEqual(wrong, [], path);
    }
    await page.close();
  };
  await Promise.all([look(), look(), look()]);
}
