import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../scripts/main';
import { ACME } from '../support/acme';
import { recordingIo } from '../support/recording-io';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { typeWords } from '../support/type-words';

const ROOT = join(__dirname, '../..');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-words-'));
  for (const name of ['environments', 'mine', 'empty']) mkdirSync(join(folder, name));
  const write = (file: string, more: object) => writeFileSync(join(folder, file), JSON.stringify({ ...ACME, ...more }));
  write('environments/aes-256.yaml', {});
  write('environments/tag.yaml', { bucket: 'tag-vault', tag: {} });
  write('environments/regoin.yaml', { bucket: 'regoin-vault', regoin: 'us-east-2' });
  write('environments/lock.yaml', { bucket: 'lock-vault', objectLock: true });
  write('mine/zenith.yaml', { bucket: 'zenith-vault' });
  writeFileSync(join(folder, 'stack.json'), synthesizeStack(loadExample(EXAMPLES, 'aes-256')).text);
});

afterAll(() => rmSync(folder, { recursive: true }));

const typed = (argv: readonly string[], env?: Readonly<Record<string, string>>) => typeWords(folder, argv, env);

/** Words that newcomers typed. */
const UNDERSTOOD = [
  { argv: [], result: 'vault-env <verb>' },
  { argv: ['-h'], result: 'vault-env <verb>' },
  { argv: ['help'], result: 'vault-env <verb>' },
  { argv: ['help', 'synth'], result: 'Turn environment files into Terraform stacks' },
  { argv: ['-V'], result: '0.1.0' },
  { argv: ['-v'], result: '0.1.0' },
  { argv: ['version'], result: '0.1.0' },
  { argv: ['completion'], result: 'completion' },
];

const THERE = 'Environments there are: aes-256, lock, regoin, tag';

const ANSWERED = [
  { argv: ['syth'], notes: 'Did you mean synth?' },
  { argv: ['synth', '--formt', 'json'], notes: 'Did you mean --format?' },
  { argv: ['synth', 'aes256'], notes: 'Did you mean aes-256?' },
  { argv: ['aes-256', 'synth'], notes: 'Did you mean vault-env synth aes-256?' },
  { argv: ['audit'], notes: `'audit' must be followed by <input>, got: audit\n${THERE}\nSee vault-env audit --help` },
  { argv: ['prove'], notes: `'prove' must be followed by <environment..>, got: prove\n${THERE}\n` },
  { argv: ['emit'], notes: `'emit' must be followed by <environment..>, got: emit\n${THERE}\n` },
  { argv: ['prove', '--environments', 'mine'], notes: '\nEnvironments there are: zenith\n' },
  { argv: ['prove', 'aes-256', '--zzz'], notes: 'See vault-env prove --help' },
  {
    argv: ['audit', 'aes-256', '--format', 'pdf'],
    notes: `'--format' must be one of text, json, html, markdown, sarif, oscal, junit, got: pdf\nSee vault-env audit --help\n`,
  },
  { argv: ['synth', 'aes-256', '--account-base', '111122223333', 'us-east-2'], notes: 'must be without environments' },
  { argv: ['synth', '--account-base', '1', 'us-east-2'], notes: "must begin with the account's 12 digits, got: 1" },
  { argv: ['rehearse', '--account-base', '111122223333', 'us-est-2'], notes: 'such as us-east-2' },
  { argv: ['synth', 'tag'], notes: "'tag' is not a known key; did you mean 'tags'?" },
  { argv: ['synth', 'regoin'], notes: "'regoin' is not a known key; did you mean 'region'?" },
  { argv: ['synth', 'lock'], notes: "'objectLock' must be an object with keys of mode, retentionDays, ended" },
  { argv: ['synth', '--environments', 'nowhere'], notes: 'vault-env init <name>' },
  { argv: ['synth', '--environments', 'empty'], notes: 'vault-env init <name>' },
  { argv: ['audit', 'stack.json', '--waivers', 'nosuch.yaml'], notes: 'Name a YAML file of waivers with --waivers' },
];

describe('words that newcomers type', () => {
  test.each(UNDERSTOOD)('$argv is answered', async ({ argv, result }) => {
    const ran = await typed(argv);
    expect({ exitCode: ran.exitCode, notes: ran.notes }).toEqual({ exitCode: 0, notes: '' });
    expect(ran.result).toContain(result);
  });

  test.each(ANSWERED)('$argv says what to type', async ({ argv, notes }) => {
    const ran = await typed(argv);
    expect(ran.exitCode).toBe(2);
    expect(ran.notes).toContain(notes);
  });

  test('every verb that reads environments takes the folder of VAULT_ENV_ENVIRONMENTS_DIR', async () => {
    const ran = await typed(['list', '--format', 'names'], { VAULT_ENV_ENVIRONMENTS_DIR: 'mine' });
    expect(ran).toEqual({ exitCode: 0, result: 'zenith\n', notes: '' });
    const named = await typed(['list', '--environments', 'empty'], { VAULT_ENV_ENVIRONMENTS_DIR: 'mine' });
    expect(named.notes).toContain("empty' must hold one .yaml file per environment");
  });

  test('the project file stands for flags that are not typed, and the help shows it', async () => {
    const write = (content: object) => writeFileSync(join(folder, 'vault-env.yaml'), JSON.stringify(content));
    write({ environments: 'mine', output: 'out', waivers: 'nosuch.yaml' });
    const list = await typed(['list', '--format', 'names']);
    const named = await typed(['list', '--format', 'names', '--environments', 'environments']);
    const audit = await typed(['audit', 'stack.json']);
    const typedWaivers = await typed(['audit', 'stack.json', '--waivers', 'other.yaml']);
    const emit = await typed(['emit', 'zenith']);
    const help = await typed(['list', '--help']);
    write({ enviroments: 'mine' });
    const bad = await typed(['list']);
    write({ environments: 'nowhere' });
    const nowhere = await typed(['list']);
    rmSync(join(folder, 'vault-env.yaml'));
    expect([list.result, named.result.startsWith('aes-256\n')]).toEqual(['zenith\n', true]);
    expect(audit.notes).toMatch(/'nosuch\.yaml' must be a file[\s\S]*\nvault-env\.yaml sets waivers: nosuch\.yaml\n$/);
    expect(typedWaivers.notes).not.toContain('vault-env.yaml');
    expect(nowhere.notes).toMatch(/nowhere' must be a folder[\s\S]*\nvault-env\.yaml sets environments: nowhere\n$/);
    expect(emit.notes).toContain('out/stacks/zenith');
    expect(help.result).toContain(
      'vault-env.yaml sets, where no flag is typed: environments mine, output out, waivers nosuch.yaml',
    );
    expect({ exitCode: bad.exitCode, notes: bad.notes }).toEqual({
      exitCode: 2,
      notes: expect.stringMatching(
        /BadProjectFile[\s\S]*'enviroments' is not a known key; did you mean 'environments'\?/,
      ),
    });
  });

  test('a list says of a problem of the defaults which file it is of', async () => {
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared', 'defaults.yaml'), 'region: us-eest-2\n');
    writeFileSync(join(folder, 'shared', 'acme.yaml'), 'labl: x\n');
    const { result } = await typed(['list', '--environments', 'shared', '--format', 'json']);
    const [{ problem }] = JSON.parse(result).environments;
    expect(problem).toContain('; defaults.yaml: region must be a region of AWS');
    expect(problem).toContain("; labl is not a known key; did you mean 'label'?");
  });

  test('in a checkout, the help to see is called as it is typed there', async () => {
    const ran = await typed(['prove', 'aes-256', '--zzz'], { npm_lifecycle_event: 'vault-env' });
    expect(ran.notes).toContain('See npm run -s vault-env -- prove --help');
  });

  test('npm --prefix <clone> run takes the folder that it was typed in', async () => {
    const io = recordingIo();
    const env = { INIT_CWD: folder, npm_package_json: join(ROOT, 'package.json') };
    await main(['list', '--environments', 'mine', '--format', 'names'], io, {
      env,
      folder: ROOT,
      signal: new AbortController().signal,
    });
    expect(io.results()).toBe('zenith\n');
  });

  test('bad input with --format json gives a document', async () => {
    const { exitCode, result } = await typed(['synth', 'tag', '--format', 'json']);
    expect({ exitCode, code: JSON.parse(result).error.code }).toEqual({ exitCode: 2, code: 'BadEnvironment' });
  });

  test('an audit that writes its page to a file says verdict, counts and file', async () => {
    const { notes } = await typed(['audit', 'stack.json', '--format', 'html', '--out', 'a.html']);
    expect(notes).toMatch(
      /^(PASS|FAIL) .*: \d+ passed, \d+ failed, \d+ unknown, \d+ waived, .*the report is .*a\.html/m,
    );
  });

  test('several folders of evidence are judged in turn, with one summary', async () => {
    const { result } = await typed(['evidence', 'verify', 'empty', 'nowhere']);
    expect(result).toContain('0 of 2 pass');
  });
});
