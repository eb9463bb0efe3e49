import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { renderHtml } from '../../lib/audit/reports/html/page';
import { EXAMPLE_REPORT } from '../audit/reports/example-report';
import { HOSTILE, hostileReport } from '../audit/reports/hostile';
import { reportWithProof } from '../audit/reports/report-with-proof';

const MINUTE_MS = 60_000;
/** Debian's. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Skipped, with the reason in the title, where there is no browser. */
const describeWithBrowser: (title: string, tests: () => void) => void = existsSync(CHROMIUM)
  ? describe
  : (title, tests) => describe.skip(`${title} (skipped: there is no ${CHROMIUM})`, tests);

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 780 };

describeWithBrowser('the page of an audit', () => {
  let browser: Browser;
  let folder: string;
  let report: AuditReport;

  beforeAll(async () => {
    report = await reportWithProof();
    folder = mkdtempSync(join(tmpdir(), 'audit-page-'));
    // Root needs the sandbox off; what is shown is our own page.
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath: CHROMIUM, args });
  }, MINUTE_MS);

  afterAll(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  /** Opens the page; `heard` is what a page does that fetches or runs something. */
  async function open(html: string, options: BrowserContextOptions): Promise<{ page: Page; heard: string[] }> {
    const file = join(folder, 'audit.html');
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

  async function accessibilityProblems(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }

  test.each([
    { where: 'a desktop in light', viewport: DESKTOP, colorScheme: 'light' as const },
    { where: 'a desktop in dark', viewport: DESKTOP, colorScheme: 'dark' as const },
    { where: 'a phone in light', viewport: PHONE, colorScheme: 'light' as const },
    { where: 'a phone in dark', viewport: PHONE, colorScheme: 'dark' as const },
  ])(
    'renders on $where in silence, within the screen, and accessibly with all opened',
    async ({ viewport, colorScheme }) => {
      const { page, heard } = await open(renderHtml(report), { viewport, colorScheme });
      await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
      const width = await page.evaluate('document.documentElement.scrollWidth');
      const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      const drawn = await page
        .locator('svg')
        .evaluateAll((pictures) => pictures.filter((one) => one.checkVisibility()).length);
      const problems = await accessibilityProblems(page);
      expect({ heard, problems, width, ground, drawn }).toEqual({
        heard: [],
        problems: [],
        width: viewport.width,
        ground: colorScheme === 'light' ? 'rgb(250, 249, 246)' : 'rgb(19, 22, 27)',
        drawn: 1,
      });
      await page.close();
    },
    3 * MINUTE_MS,
  );

  test('would be heard if it ran or fetched something, and told of what cannot be read', async () => {
    const html = '<img src="x.png"><script>console.log("ran"); nothing()</script><p style="color:#eee">pale</p>';
    const { page, heard } = await open(html, { viewport: PHONE });
    expect(heard).toEqual(expect.arrayContaining(['console: ran', 'error: nothing is not defined']));
    expect(heard).toContain(`request: file://${folder}/x.png`);
    const problems = await accessibilityProblems(page);
    expect(problems.map((line) => line.slice(0, line.indexOf(':')))).toEqual(
      expect.arrayContaining(['color-contrast', 'image-alt', 'document-title']),
    );
    await page.close();
  });

  test.each(HOSTILE)('runs and fetches nothing when a name holds $what', async ({ text }) => {
    const { page, heard } = await open(renderHtml(hostileReport(report, text)), { viewport: PHONE });
    expect({ heard, wasRun: await page.evaluate('window.wasRun') }).toEqual({ heard: [] });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    await page.close();
  });

  test('can be used with the keyboard alone', async () => {
    const { page } = await open(renderHtml(report), { viewport: DESKTOP });
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the findings');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Requests without TLS are denied');
    const isOpen = () => page.locator('#finding-1').evaluate((one) => one.hasAttribute('open'));
    expect(await isOpen()).toBe(true);
    await page.keyboard.press('Space');
    expect(await isOpen()).toBe(false);
    await page.close();
  });

  test('shows on paper what is folded on the screen', async () => {
    const { page } = await open(renderHtml(report), { viewport: DESKTOP, colorScheme: 'dark' });
    const folded = page.locator('details.pass dl.evidence').first();
    const isSeen = () =>
      folded.evaluate(
        (one) => one.checkVisibility({ contentVisibilityAuto: true }) && one.getBoundingClientRect().height > 0,
      );
    expect(await isSeen()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await isSeen()).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.close();
  });

  test('leads from a control to its finding', async () => {
    const { page } = await open(renderHtml(EXAMPLE_REPORT), { viewport: DESKTOP });
    await page.getByText('FSBP').first().waitFor();
    await page.getByText(/^NIST SP 800-53/).click();
    await page.getByRole('link', { name: 'Versioning is on' }).first().click();
    expect(await page.evaluate('document.querySelector(":target").textContent')).toContain('Versioning is on');
    await page.close();
  });
});
