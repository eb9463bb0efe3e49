import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM } from './in-browser';

const ROOT = join(__dirname, '../..');

/** The picture in the README. */
export const PICTURE = join(ROOT, 'docs/audit.png');
const SIZE = { width: 1200, height: 1264 };

const SCALE = 0.75;

/** Takes a picture of the top of the page that an audit of an example writes. */
export async function takePicture(path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const file = join(folder, 'audit.html');
    const argv = ['audit', 'aws-kms', '--environments', join(ROOT, 'environments'), '--format', 'html', '--out', file];
    execFileSync(process.execPath, [join(ROOT, 'scripts/vault-env.cjs'), ...argv], { cwd: folder, stdio: 'pipe' });
    const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light', deviceScaleFactor: SCALE });
    await page.goto(`file://${file}`);
    await page.screenshot({ path });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** Width and height of a PNG, from its first chunk. */
export function sizeOf(png: Buffer) {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

if (require.main === module) void takePicture(PICTURE);
