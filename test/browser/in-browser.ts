import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const MINUTE_MS = 60_000;
/** Debian's. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 780 };

/** The screens that a page must fit, in both colour schemes. */
export const SCREENS = [
  { where: 'a desktop in light', viewport: DESKTOP, colorScheme: 'light' as const },
  { where: 'a desktop in dark', viewport: DESKTOP, colorScheme: 'dark' as const },
  { where: 'a phone in light', viewport: PHONE, colorScheme: 'light' as const },
  { where: 'a phone in dark', viewport: PHONE, colorScheme: 'dark' as const },
];

/** A page that is open; `heard` is what a page does that fetches or runs something. */
interface OpenPage {
  readonly page: Page;
  readonly heard: string[];
}

export interface InBrowser {
  /** Where the pages are that are opened. */
  readonly folder: () => string;
  readonly open: (html: string, options: BrowserContextOptions) => Promise<OpenPage>;
}

/** Skipped, with the reason in the title, where there is no browser. */
export function describeWithBrowser(title: string, tests: (inBrowser: InBrowser) => void): void {
  if (!existsSync(CHROMIUM)) {
    describe.skip(`${title} (skipped: there is no ${CHROMIUM})`, () => tests({ folder: nowhere, open: nowhere }));
    return;
  }
  describe(title, () => tests(startBrowser()));
}

function nowhere(): never {
  throw new Error('there is no browser');
}

function startBrowser(): InBrowser {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'page-'));
    // Root needs the sandbox off; what is shown is our own page.
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath: CHROMIUM, args });
  }, MINUTE_MS);

  afterAll(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  return {
    folder: () => folder,
    open: (html, options) => openIn(browser, { html, file: join(folder, 'page.html') }, options),
  };
}

async function openIn(
  browser: Browser,
  { html, file }: { readonly html: string; readonly file: string },
  options: BrowserContextOptions,
): Promise<OpenPage> {
  writeFileSync(file, html);
  const page = await browser.newPage(options);
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== `file://${file}`) heard.push(`request: ${request.url()}`);
  });
  page.on('dialog', (dialog) => heard.push(`dialog: ${dialog.message()}`));
  await page.goto(`file://${file}`);
  return { page, heard };
}

export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Unfolds everything, and tells what is wrong with the page then. */
export async function seenInFull(page: Page) {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  return {
    width: await page.evaluate('document.documentElement.scrollWidth'),
    ground: await page.evaluate('getComputedStyle(document.body).backgroundColor'),
    problems: await accessibilityProblems(page),
  };
}

/** Everything that a sound page shows. */
export function goodOn({ viewport, colorScheme }: (typeof SCREENS)[number]) {
  const ground = colorScheme === 'light' ? 'rgb(250, 249, 246)' : 'rgb(19, 22, 27)';
  return { width: viewport.width, ground, problems: [] };
}
