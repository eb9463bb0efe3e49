import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runVaultEnv } from '../e2e/run-vault-env';

/** Prints, when the process ends, what was loaded beside the command's own frame. */
const PROBE = `process.on('exit', () => {
  const files = Object.keys(require.cache).map((file) => file.slice(${JSON.stringify(ROOT)}.length + 1));
  const parts = files.map((file) => /^(node_modules\\/(@[^/]+\\/)?[^/]+|lib\\/[^/]+|scripts\\/.*)/.exec(file)?.[0] ?? file);
  process.stderr.write('loaded ' + JSON.stringify([...new Set(parts)].sort()));
});`;

const OF_THE_COMMAND = ['lib/cli', 'lib/errors.ts', 'node_modules/tsx', 'scripts/main.ts', 'scripts/vault-env.cjs'];
const HEAVY =
  /^(lib\/(audit|aws|catalogue|iam|rehearsal|simulated-aws|verify)|node_modules\/(cdktf|zod|yaml|@aws-sdk))/;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
  writeFileSync(join(folder, 'probe.cjs'), PROBE);
});

afterAll(() => rmSync(folder, { recursive: true }));

async function loadedBy(args: readonly string[]): Promise<{ exitCode: number | null; loaded: readonly string[] }> {
  const env = { NODE_OPTIONS: `--require ${join(folder, 'probe.cjs')}`, VAULT_ENV_FROM_SOURCES: 'yes' };
  const { exitCode, stderr } = await runVaultEnv(args, { env });
  return { exitCode, loaded: JSON.parse(stderr.slice(stderr.lastIndexOf('loaded ') + 'loaded '.length)) };
}

const VERBS = /^scripts\/(synth|audit|prove|explain|emit|verify|doctor|rehearse|simulate|evidence)\.ts$/;

test.each([
  { args: ['--help'], exitCode: 0, verbs: [] },
  { args: ['--version'], exitCode: 0, verbs: [] },
  { args: ['nothing'], exitCode: 2, verbs: [] },
  { args: ['synth', 'nowhere'], exitCode: 2, verbs: ['scripts/synth.ts'] },
  { args: ['prove', 'nowhere'], exitCode: 2, verbs: ['scripts/prove.ts'] },
  { args: ['rehearse', 'nowhere'], exitCode: 2, verbs: ['scripts/rehearse.ts'] },
  { args: ['simulate', 'nowhere'], exitCode: 2, verbs: ['scripts/simulate.ts'] },
  {
    args: ['explain', 'nowhere', '--action', 's3:GetObject', '--resource', 'bucket'],
    exitCode: 2,
    verbs: ['scripts/explain.ts'],
  },
])('vault-env $args ends with $exitCode and loads no verbs but $verbs', async ({ args, exitCode, verbs }) => {
  const ran = await loadedBy(args);
  expect(ran.loaded).toEqual(expect.arrayContaining(OF_THE_COMMAND));
  expect({
    exitCode: ran.exitCode,
    verbs: ran.loaded.filter((file) => VERBS.test(file)),
    heavy: ran.loaded.filter((file) => HEAVY.test(file)),
  }).toEqual({ exitCode, verbs, heavy: [] });
});
