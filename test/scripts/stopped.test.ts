import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../e2e/run-vault-env';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

let folder: string;
let pipe: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stopped-'));
  pipe = join(folder, 'waivers.yaml');
  execFileSync('mkfifo', [pipe]);
  const { text } = synthesizeStack(loadExample(EXAMPLES, 'aes-256'));
  for (const name of ['one', 'two']) {
    mkdirSync(join(folder, 'stacks', name), { recursive: true });
    writeFileSync(join(folder, 'stacks', name, 'cdk.tf.json'), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Stops the command while it waits for the waivers, which it then gets. */
async function stopAtWaivers(args: readonly string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'vault-env.cjs'), ...args, '--waivers', pipe], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  const closed = once(child, 'close');
  // It is there to be written to as soon as somebody reads it.
  const waivers = await open(pipe, 'w');
  child.kill('SIGINT');
  await waivers.writeFile('waivers: []\n');
  await waivers.close();
  const [exitCode] = await closed;
  return {
    exitCode,
    notes: lines
      .join('')
      .split('\n')
      .filter((line) => /SIGINT|interrupted/.test(line)),
  };
}

const END = 'once more ends at once';

test('an audit of one stack that never waited says that it was done', async () => {
  expect(await stopAtWaivers(['audit', join(folder, 'stacks', 'one')])).toEqual({
    exitCode: 130,
    notes: [`SIGINT: the work was done already; ${END}`],
  });
});

test('an audit of several stacks says what it had written', async () => {
  const out = join(folder, 'reports');
  expect(await stopAtWaivers(['audit', folder, '--jobs', '1', '--format', 'json', '--out', out])).toEqual({
    exitCode: 130,
    notes: [
      `SIGINT: stopping and cleaning up; ${END}`,
      'interrupted before the end: 1 file was written, whole, and what is printed is not all',
    ],
  });
  expect(['one.json', 'two.json'].map((name) => existsSync(join(out, name)))).toEqual([true, false]);
});

test('a stop while a command loads waits until it is listened to', () => {
  const script = `
    require(${JSON.stringify(join(ROOT, 'lib', 'hold-signals.cjs'))});
    process.kill(process.pid, 'SIGINT');
    process.on('SIGINT', () => process.stdout.write('told', () => process.exit()));
    setTimeout(() => undefined, 60_000);`;
  expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('told');
});
