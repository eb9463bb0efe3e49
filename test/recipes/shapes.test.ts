import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { parse } from 'yaml';
import { renderListing } from '../../lib/config/listing';
import { ROOT } from '../e2e/run-vault-env';

// The recipes of services that publish no schema, held against the keys that their documentation lists. The others are read
// by programs of others in test/clients.

const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const list = (items: object) => ({ type: 'array', minItems: 1, items });
const text = { type: 'string', minLength: 1 };
const oneOf = (...words: readonly string[]) => ({ enum: words });

/** @see https://www.runatlantis.io/docs/custom-workflows.html#step */
const STEP = {
  anyOf: [
    oneOf('init', 'plan', 'show', 'policy_check', 'apply', 'version', 'import', 'state_rm'),
    object({ run: text }, ['run']),
    object({ env: object({ name: text, value: text, command: text }, ['name']) }, ['env']),
  ],
};
const STAGE = object({ steps: list(STEP) }, ['steps']);
const HOOK = object({ run: text, description: text, commands: text, shell: text, shellArgs: text }, ['run']);
const REQUIREMENTS = list(oneOf('approved', 'mergeable', 'undiverged'));

/** @see https://www.runatlantis.io/docs/server-side-repo-config.html#reference */
const ATLANTIS_REPOS = object(
  {
    repos: list(
      object(
        {
          id: text,
          branch: text,
          workflow: text,
          plan_requirements: REQUIREMENTS,
          apply_requirements: REQUIREMENTS,
          pre_workflow_hooks: list(HOOK),
          post_workflow_hooks: list(HOOK),
        },
        ['id'],
      ),
    ),
    workflows: { type: 'object', additionalProperties: object({ plan: STAGE, apply: STAGE }) },
  },
  ['repos'],
);

/** @see https://www.runatlantis.io/docs/repo-level-atlantis-yaml.html#reference */
const ATLANTIS_PROJECTS = object(
  {
    version: { const: 3 },
    projects: list(
      object({ name: text, dir: text, autoplan: object({ enabled: { type: 'boolean' }, when_modified: list(text) }) }, [
        'dir',
      ]),
    ),
  },
  ['version', 'projects'],
);

/**
 * A document of the type Command.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
 */
const PARAMETER = object(
  {
    type: oneOf('String', 'StringList', 'Integer', 'Boolean', 'MapList', 'StringMap'),
    description: text,
    default: { type: 'string' },
    allowedValues: list(text),
    allowedPattern: { type: 'string', format: 'regex' },
    displayType: oneOf('textfield', 'textarea'),
    minItems: { type: 'integer' },
    maxItems: { type: 'integer' },
    minChars: { type: 'integer' },
    maxChars: { type: 'integer' },
  },
  ['type'],
);

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#aws-runShellScript */
const RUN_SHELL_SCRIPT = object(
  {
    action: { const: 'aws:runShellScript' },
    name: { type: 'string', pattern: '^[a-zA-Z0-9_]{1,128}$' },
    precondition: object({ StringEquals: { type: 'array', minItems: 2, maxItems: 2, items: text } }),
    inputs: object(
      { runCommand: list(text), workingDirectory: text, timeoutSeconds: { type: 'string', pattern: '^\\d+$' } },
      ['runCommand'],
    ),
  },
  ['action', 'name', 'inputs'],
);

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html */
const COMMAND_DOCUMENT = object(
  {
    schemaVersion: { const: '2.2' },
    description: text,
    parameters: { type: 'object', propertyNames: { pattern: '^[A-Za-z0-9_]+$' }, additionalProperties: PARAMETER },
    mainSteps: list(RUN_SHELL_SCRIPT),
  },
  ['schemaVersion', 'mainSteps'],
);

const recipe = (file: string) => parse(readFileSync(join(ROOT, 'docs/recipes', file), 'utf8'));
const place = { stackFolder: 'cdktf.out/stacks/acme', madeFrom: ['../../../environments/acme.yaml'] };
const projects = renderListing([{ name: 'acme', isSynthesized: false, isEmitted: false }], 'atlantis', {
  columns: 80,
  place: () => place,
});

const DOCUMENTS = [
  { name: 'the repos of Atlantis', schema: ATLANTIS_REPOS, document: recipe('atlantis-repos.yaml') },
  { name: 'the projects of Atlantis', schema: ATLANTIS_PROJECTS, document: parse(projects) },
  { name: 'the document of Systems Manager', schema: COMMAND_DOCUMENT, document: recipe('hosts/systems-manager.yaml') },
];

/** Every copy of the document in which one key is misspelt. */
function misspelt(document: unknown): readonly unknown[] {
  if (typeof document !== 'object' || document === null) return [];
  if (Array.isArray(document))
    return document.flatMap((item, index) => misspelt(item).map((wrong) => document.with(index, wrong)));
  return Object.entries(document).flatMap(([key, value]) => {
    const { [key]: _left, ...rest } = document as Record<string, unknown>;
    return [{ ...rest, [`${key} `]: value }, ...misspelt(value).map((wrong) => ({ ...rest, [key]: wrong }))];
  });
}

describe.each(DOCUMENTS)('$name', ({ schema, document }) => {
  const ajv = new Ajv2020({ strict: false, formats: { regex: true } });
  const isValid = ajv.compile(schema);

  test('has no key but those that are documented', () => {
    isValid(document);
    expect(isValid.errors).toBeNull();
  });

  test('is refused with any key misspelt that nobody chooses', () => {
    const wrong = misspelt(document);
    expect(
      wrong.filter((one) => isValid(one)).map((one) => chosenKeys(one).filter((key) => key.endsWith(' '))),
    ).toEqual(chosenKeys(document).map((key) => [`${key} `]));
  });
});

/** Names that the author of a document gives: those of workflows; those of parameters cannot have a blank. */
function chosenKeys(document: unknown): readonly string[] {
  return Object.keys((document as { workflows?: object }).workflows ?? {});
}

test('each script that a recipe runs is there', () => {
  const texts = ['github-actions.yml', 'gitlab-ci.yml', 'Jenkinsfile', 'atlantis-repos.yaml'].map((file) =>
    readFileSync(join(ROOT, 'docs/recipes', file), 'utf8'),
  );
  const scripts = texts.flatMap((one) => [...one.matchAll(/\bsh (ci\/[\w-]+\.sh)/g)].map(([, script = '']) => script));
  expect([...new Set(scripts)].sort()).toEqual(['ci/apply.sh', 'ci/drift.sh', 'ci/plan.sh']);
  for (const script of scripts)
    expect(readFileSync(join(ROOT, 'docs/recipes', script), 'utf8')).toMatch(/^#!\/bin\/sh\n/);
});
