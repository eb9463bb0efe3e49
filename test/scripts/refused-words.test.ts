import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACME } from '../support/acme';
import { typeWords } from '../support/type-words';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refused-words-'));
  mkdirSync(join(folder, 'environments'));
  writeFileSync(join(folder, 'environments/acme.yaml'), JSON.stringify(ACME));
});

afterAll(() => rmSync(folder, { recursive: true }));

const typed = (argv: readonly string[]) => typeWords(folder, argv);

const GIVE = 'Give it a value, or leave it out';

const REFUSED: readonly { readonly argv: readonly string[]; readonly says: string }[] = [
  { argv: ['explain', 'acme'], says: "'explain' must be given --action, --resource, got: explain acme" },
  {
    argv: ['explain', 'acme', '--action', 's3:GetObject'],
    says: "'explain' must be given --resource, got: explain acme --action s3:GetObject",
  },
  { argv: ['audit', 'acme', '--nope'], says: "'--nope' must be an option of audit, got: audit acme --nope" },
  {
    argv: ['audit', 'acme', '--formt=json'],
    says: "'--formt' must be an option of audit, got: audit acme --formt=json\nDid you mean --format?",
  },
  {
    argv: ['list', '-format', 'json'],
    says: "'-format' must be an option of list, got: list -format json\nDid you mean --format?",
  },
  { argv: ['list', '--format.x', 'json'], says: "'--format.x' must be an option of list, got: list --format.x json" },
  { argv: ['audit', 'acme', '--no-out'], says: "'--no-out' must be an option of audit, got: audit acme --no-out" },
  {
    argv: ['audit', 'acme', 'zenith'],
    says: "'audit' must be followed by <input>, options alone, got: audit acme zenith",
  },
  { argv: ['list', 'acme'], says: "'list' must be followed by options alone, got: list acme" },
  { argv: ['list', 'audit', 'acme'], says: "'list' must be followed by options alone, got: list audit acme" },
  {
    argv: ['prove', 'acme', '--', 'x'],
    says: "'prove' must have no word after --, got: prove acme -- x\nType options before it",
  },
  { argv: ['list', '--format'], says: `'--format' must be followed by its value, got: list --format\n${GIVE}` },
  {
    argv: ['init', 'zenith', '--host'],
    says: `'--host' must be followed by its value, got: init zenith --host\n${GIVE}`,
  },
  { argv: ['emit', 'acme', '--out'], says: `'--out' must be followed by its value, got: emit acme --out\n${GIVE}` },
  {
    argv: ['init', 'zenith', '--label', '-z'],
    says: "'--label' must be followed by its value, got: init zenith --label -z\nA value that begins with - is typed as --label=-z",
  },
  { argv: ['list', '--out='], says: `'--out' must have a value that is not empty, got: list --out=\n${GIVE}` },
  { argv: ['list', '--out', ''], says: `'--out' must have a value that is not empty, got: list --out ''\n${GIVE}` },
  { argv: ['doctor', '--region='], says: "'--region' must have a value that is not empty, got: doctor --region=" },
  { argv: ['audit', 'acme', '--role-policy', ''], says: "'--role-policy' must have a value that is not empty" },
  { argv: ['prove', ''], says: "each word must have text, got: prove ''\nGive it text, or leave it out" },
  {
    argv: ['diff', 'acme', '--format', 'text', '--format', 'json'],
    says: "'--format' must be given once, got: diff acme --format text --format json\nLeave all but one out",
  },
  {
    argv: ['audit', 'acme', '--out=a', '--out', 'b'],
    says: "'--out' must be given once, got: audit acme --out=a --out b",
  },
  { argv: ['adopt', 'acme', '--write=yes'], says: "'--write' must be true or false where it has a value, got: yes" },
  {
    argv: ['adopt', 'acme', '--write='],
    says: "'--write' must be true or false where it has a value, got: an empty one",
  },
  { argv: ['verify', 'c.json', '--timeout', 'soon'], says: "'--timeout' must be a number, got: soon" },
  { argv: ['synth', '--waivers', 'w.yaml'], says: "'--waivers' must go with --scanner, got: synth --waivers w.yaml" },
  { argv: ['--nope'], says: "'--nope' must be an option of vault-env, got: --nope" },
  { argv: ['--toString'], says: "'--toString' must be an option of vault-env, got: --toString" },
  {
    argv: ['list', '--hasOwnProperty=yes'],
    says: "'--hasOwnProperty' must be an option of list, got: list --hasOwnProperty=yes",
  },
  {
    argv: ['synth', 'acme', '--no-constructor'],
    says: "'--no-constructor' must be an option of synth, got: synth acme --no-constructor",
  },
  {
    argv: ['audit', 'acme', '--__proto__', 'x'],
    says: "'--__proto__' must be an option of audit, got: audit acme --__proto__ x",
  },
  { argv: ['--nope', 'list'], says: "'--nope' must be an option of list, got: --nope list" },
];

describe('a command line that is refused', () => {
  test.each(REFUSED)('$argv: names subject, rule, what was received, and the fix', async ({ argv, says }) => {
    const verb = argv.find((word) => /^[a-z]/.test(word));
    const { exitCode, result, notes } = await typed(argv);
    expect({ exitCode, result: notes.includes('"error"') ? '' : result.replace(/^\{[\s\S]*\}\n$/, '') }).toEqual({
      exitCode: 2,
      result: '',
    });
    expect(notes).toContain(`error (BadArguments): ${says}`);
    expect(notes).toMatch(new RegExp(`See vault-env ${verb === undefined ? '' : `${verb} `}--help\n$`));
  });

  test.each([
    { argv: ['list', '--format=names'], result: 'acme\n' },
    { argv: ['list', '--environments', 'environments', '--format', 'names'], result: 'acme\n' },
    { argv: ['list', '--format', 'names', '--'], result: 'acme\n' },
  ])('$argv is none', async ({ argv, result }) => {
    expect(await typed(argv)).toEqual({ exitCode: 0, result, notes: '' });
  });

  test.each([
    { argv: ['audit', 'out', '--out', 'reports'], says: "error (UnknownEnvironment): 'out' must be an environment" },
    { argv: ['simulate', '--latency', '-5'], says: "'--latency' must be a number from 0, got: -5" },
    { argv: ['simulate', '--no-deploy', '--port=-1'], says: "'--port' must be a port from 0 to 65535, got: -1" },
    { argv: ['simulate', '--deploy=false', '--port=-1'], says: "'--port' must be a port from 0 to 65535, got: -1" },
    { argv: ['simulate', '--deploy=true', '--port=-1'], says: "'--port' must be a port from 0 to 65535, got: -1" },
    { argv: ['simulate', '--port=-1', '--', 'x', '--port', '', '--nope'], says: "'--port' must be a port from 0" },
    {
      argv: ['explain', 'acme', '--action', 'a', '--resource', 'b', '--context', 'x:y=', '--context', '1'],
      says: '<key>=<value>',
    },
  ])('$argv is understood, and judged by its verb', async ({ argv, says }) => {
    const { exitCode, notes } = await typed(argv);
    expect(exitCode).toBe(2);
    expect(notes).toContain(says);
  });

  test('is told in English, whatever the language of the system is', async () => {
    const before = process.env.LC_ALL;
    process.env.LC_ALL = 'de_DE.UTF-8';
    try {
      const { notes } = await typed(['list', 'acme']);
      const help = await typed(['list', '--help']);
      expect(notes).toContain("'list' must be followed by options alone");
      expect(help.result).toContain('Options:');
    } finally {
      if (before === undefined) delete process.env.LC_ALL;
      else process.env.LC_ALL = before;
    }
  });
});
