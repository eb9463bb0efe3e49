import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from '../e2e/run-vault-env';
import { describeWithProgram, type ProgramName, runProgram } from './program';

// The recipes for pipelines, read as their services read them.

const FOLDER = mkdtempSync(join(tmpdir(), 'recipes-'));

afterAll(() => rmSync(FOLDER, { recursive: true }));

interface Reader {
  readonly program: ProgramName;
  readonly args: readonly string[];
  readonly recipe: string;
  /** A word of the recipe, and another that the service does not know in its place. */
  readonly mistake: readonly [string, string];
}

const READERS: readonly Reader[] = [
  {
    program: 'check-jsonschema',
    args: ['--builtin-schema', 'vendor.github-workflows'],
    recipe: 'github-actions.yml',
    mistake: ['runs-on:', 'run-on:'],
  },
  {
    program: 'actionlint',
    args: ['-no-color', '-shellcheck=', '-pyflakes='],
    recipe: 'github-actions.yml',
    mistake: ['steps.list.outputs.matrix', 'steps.lists.outputs.matrix'],
  },
  {
    program: 'check-jsonschema',
    args: ['--builtin-schema', 'vendor.gitlab-ci', '--data-transform', 'gitlab-ci'],
    recipe: 'gitlab-ci.yml',
    mistake: ['when: manual', 'when: sometime'],
  },
  { program: 'check-jenkinsfile', args: [], recipe: 'Jenkinsfile', mistake: ['stages {', 'stage {'] },
];

function read({ program, args }: Reader, file: string) {
  return runProgram(program, [...args, file], { env: { HOME: FOLDER, JAVA_TOOL_OPTIONS: '' }, cwd: FOLDER });
}

for (const reader of READERS) {
  describeWithProgram(reader.program, () => {
    test(`takes the recipe ${reader.recipe}, and refuses it with a mistake in it`, async () => {
      const recipe = join(ROOT, 'docs/recipes', reader.recipe);
      expect(await read(reader, recipe)).toMatchObject({ exitCode: 0 });
      const text = readFileSync(recipe, 'utf8');
      const wrong = join(FOLDER, basename(recipe));
      writeFileSync(wrong, text.replace(...reader.mistake));
      expect(readFileSync(wrong, 'utf8')).not.toBe(text);
      expect((await read(reader, wrong)).exitCode).not.toBe(0);
    }, 600_000);
  });
}
