import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/run-vault-env';

// The table of programs beside Vault in the guide: each line is tried by a test, with the settings that it names.

const sourceOf = (file: string) => readFileSync(join(__dirname, file), 'utf8');

/** The programs that stand for a line, by their names in the tests, and the files that try them. */
const TRIED: Readonly<Record<string, { readonly programs: readonly string[]; readonly files: readonly string[] }>> = {
  'rclone (1.61 or later)': { programs: ['go-rclone'], files: ['backup-programs.test.ts'] },
  restic: { programs: ['restic'], files: ['backup-programs.test.ts'] },
  'AWS CLI': { programs: ['aws', 'aws-v1'], files: ['backup-programs.test.ts', 's3-programs.test.ts'] },
  'boto3 and whatever is on it (s3fs for Python, barman-cloud, duplicity)': {
    programs: ['python-clients', 'python-s3fs', 'barman-cloud-wal-archive', 'duplicity'],
    files: ['backup-programs.test.ts', 'python-clients.test.ts', 'python/boto3_clients.py'],
  },
  'AWS SDKs for Java and Go': {
    programs: ['java-v1', 'java-v2', 'go-aws-sdk'],
    files: ['java-clients.test.ts', 'go-clients.test.ts'],
  },
  'S3A (Hadoop)': { programs: ['java-s3a'], files: ['backup-programs.test.ts'] },
  s3cmd: { programs: ['s3cmd'], files: ['backup-programs.test.ts'] },
  pgBackRest: { programs: ['pgbackrest'], files: ['backup-programs.test.ts'] },
  's3fs (FUSE)': { programs: ['s3fs'], files: ['backup-programs.test.ts'] },
};

/** Settings that a program takes by default and must not be given. */
const LEFT_OUT = ['default_acl'];

const guide = readFileSync(join(ROOT, 'docs/operators.md'), 'utf8');
const section = guide.split('### Programs beside Vault')[1]?.split('\n## ')[0] ?? '';
const lines = [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)]
  .map(([, program = '', settings = '']) => ({ program, settings }))
  .filter(({ program }) => program !== 'program' && !program.startsWith('-'));

/** The letters of a setting, however an environment variable, an option or a property writes it. */
const lettersOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/^(fs\.s3a\.|-+)/, '')
    .replace(/[-_]/g, '');

test('the guide names the programs that CI runs', () => {
  expect(lines.map(({ program }) => program)).toEqual(Object.keys(TRIED));
});

test.each(lines)('$program is tried with the settings of its line', ({ program, settings }) => {
  const { programs = [], files = [] } = TRIED[program] ?? {};
  const sources = files.map(sourceOf).join('\n');
  const named = [...settings.matchAll(/`([\w.-]+)/g)].map(([, name = '']) => name);
  const untried = named.filter((name) => lettersOf(sources).includes(lettersOf(name)) === LEFT_OUT.includes(name));
  expect({ untried, notRun: programs.filter((name) => !sources.includes(`'${name}'`)) }).toEqual({
    untried: [],
    notRun: [],
  });
});
