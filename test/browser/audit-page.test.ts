import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { renderHtml } from '../../lib/audit/reports/html/page';
import { EXAMPLE_REPORT } from '../audit/reports/example-report';
import { HOSTILE, hostileReport } from '../audit/reports/hostile';
import { reportWithProof } from '../audit/reports/report-with-proof';
import {
  accessibilityProblems,
  DESKTOP,
  describeWithBrowser,
  goodOn,
  MINUTE_MS,
  PHONE,
  SCREENS,
  seenInFull,
} from './in-browser';
import { PICTURE, sizeOf, takePicture } from './picture';

describeWithBrowser('the page of an audit', ({ folder, open }) => {
  let report: AuditReport;

  beforeAll(async () => {
    report = await reportWithProof();
  }, MINUTE_MS);

  test.each(SCREENS)(
    'renders on $where in silence, within the screen, and accessibly with everything open',
    async (screen) => {
      const { page, heard } = await open(renderHtml(report), screen);
      const seen = await seenInFull(page);
      const drawn = await page
        .locator('svg')
        .evaluateAll((pictures) => pictures.filter((one) => one.checkVisibility()).length);
      expect({ heard, drawn, ...seen }).toEqual({ heard: [], drawn: 1, ...goodOn(screen) });
      await page.close();
    },
    3 * MINUTE_MS,
  );

  test('is heard when it runs or fetches something, and reported when it cannot be read', async () => {
    const html = '<img src="x.png"><script>console.log("ran"); nothing()</script><p style="color:#eee">pale</p>';
    const { page, heard } = await open(html, { viewport: PHONE });
    expect(heard).toEqual(expect.arrayContaining(['console: ran', 'error: nothing is not defined']));
    expect(heard).toContain(`request: file://${folder()}/x.png`);
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

  test('prints what is folded on the screen', async () => {
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

  test(
    'is to be seen in the README, as it is made again by one command',
    async () => {
      const again = join(folder(), 'picture.png');
      await takePicture(again);
      const [kept, made] = [readFileSync(PICTURE), readFileSync(again)];
      expect(sizeOf(kept)).toEqual(sizeOf(made));
      expect(made.length / kept.length).toBeGreaterThan(0.5);
      expect(kept.length / made.length).toBeGreaterThan(0.5);
    },
    3 * MINUTE_MS,
  );

  test('leads from a control to its finding', async () => {
    const { page } = await open(renderHtml(EXAMPLE_REPORT), { viewport: DESKTOP });
    await page.getByText('FSBP').first().waitFor();
    await page.getByText(/^NIST SP 800-53/).click();
    await page.getByRole('link', { name: 'Versioning is on' }).first().click();
    expect(await page.evaluate('document.querySelector(":target").textContent')).toContain('Versioning is on');
    await page.close();
  });
});
