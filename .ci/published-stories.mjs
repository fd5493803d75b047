// Plays every story of the built Storybook, the one that designers open: a production build, where React renders
// once and timing differs. Run after `build-storybook`; names what failed and ends with 1. Arguments: the folder,
// and a part of the ids to play only those.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright";
import { chromiumLaunchOptions } from "../.config/chromium.ts";

const [, , folder = "storybook-static", only = ""] = process.argv;
const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
};

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  try {
    const file = await readFile(join(folder, normalize(pathname)));
    response
      .writeHead(200, { "content-type": types[extname(pathname)] ?? "application/octet-stream" })
      .end(file);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));

const { entries } = JSON.parse(await readFile(join(folder, "index.json"), "utf8"));
const stories = Object.values(entries).filter(({ type, id }) => type === "story" && id.includes(only));
const browser = await chromium.launch(chromiumLaunchOptions());
const failures = [];
try {
  // Each worker has a page of its own, because stories change the page's theme and focus.
  const waiting = [...stories];
  await Promise.all(Array.from({ length: 3 }, () => playAll(waiting)));
} finally {
  await browser.close();
  server.close();
}
for (const { id, said } of failures) console.error(`${id}: ${said}`);
console.log(`${stories.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && stories.length > 0 ? 0 : 1;

async function playAll(waiting) {
  const page = await browser.newPage();
  for (let story = waiting.shift(); story !== undefined; story = waiting.shift()) {
    const said = await play(page, story.id);
    if (said !== null) failures.push({ id: story.id, said });
  }
}

/** @returns what went wrong, or `null`. */
async function play(page, id) {
  await page.goto("about:blank");
  const { port } = server.address();
  await page.goto(`http://127.0.0.1:${port}/iframe.html?id=${id}&viewMode=story`, { waitUntil: "commit" });
  try {
    return await page.evaluate(listen);
  } catch (cause) {
    return String(cause);
  }
}

/** Runs in the story's page, from before its script: Storybook says on its channel how a story ended. */
async function listen() {
  const until = Date.now() + 20_000;
  const later = () => new Promise((resolve) => setTimeout(resolve, 20));
  while (window.__STORYBOOK_ADDONS_CHANNEL__ === undefined && Date.now() < until) await later();
  const channel = window.__STORYBOOK_ADDONS_CHANNEL__;
  if (channel === undefined) return "Storybook did not start";
  return new Promise((resolve) => {
    const say = ({ message, description }) => resolve((message ?? description ?? "failed").split("\n", 1)[0]);
    for (const event of [
      "playFunctionThrewException",
      "storyThrewException",
      "storyErrored",
      "storyMissing",
    ]) {
      channel.on(event, (error) => say(error ?? {}));
    }
    channel.on("storyFinished", ({ status }) => resolve(status === "error" ? "failed" : null));
    setTimeout(() => resolve("did not end within 20 seconds"), until - Date.now());
  });
}
