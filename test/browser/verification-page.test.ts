import { renderHtml } from '../../lib/verify/report/html/page';
import { HOSTILE, withText } from '../audit/reports/hostile';
import { FULL_VERIFICATION } from '../verify/example-verification';
import { DESKTOP, describeWithBrowser, goodOn, MINUTE_MS, PHONE, SCREENS, seenInFull } from './in-browser';

describeWithBrowser('the page of a verification', ({ open }) => {
  test.each(SCREENS)(
    'renders on $where in silence, within the screen, and accessibly with everything open',
    async (screen) => {
      const { page, heard } = await open(renderHtml(FULL_VERIFICATION), screen);
      expect({ heard, ...(await seenInFull(page)) }).toEqual({ heard: [], ...goodOn(screen) });
      await page.close();
    },
    3 * MINUTE_MS,
  );

  test.each(HOSTILE)('runs and fetches nothing when an answer or a name holds $what', async ({ text }) => {
    const { page, heard } = await open(renderHtml(withText(FULL_VERIFICATION, text)), { viewport: PHONE });
    expect({ heard, wasRun: await page.evaluate('window.wasRun') }).toEqual({ heard: [] });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    await page.close();
  });

  test('can be used with the keyboard alone', async () => {
    const { page } = await open(renderHtml(FULL_VERIFICATION), { viewport: DESKTOP });
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the checks');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Requests without TLS are refused');
    await page.close();
  });
});
