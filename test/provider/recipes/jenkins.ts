import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runShell } from '../../e2e/checkout';
import { ROOT } from '../../e2e/run-vault-env';
import type { Workplace } from './workplace';

const STAGE = /stage\('(\w+)'\) \{(.*?)\n {4}\}/gs;
const VARIABLE = /(\w+) = (?:"(.*?)"|'(.*?)'|credentials\('(.*?)'\))/g;
const SCRIPT = /\bsh (?:'''(.*?)'''|'(.*?)')/gs;

export function createJenkins(workplace: Workplace) {
  const text = readFileSync(join(ROOT, 'docs/recipes/Jenkinsfile'), 'utf8');
  const folder = workplace.clone('jenkins');
  const { identity, nobody } = workplace;
  const credentials: Readonly<Record<string, string>> = {
    'vault-aws-token': identity.tokenFile,
    'vault-comment-token': 'token',
  };
  const given = { WORKSPACE: folder, VAULT_PLAN_ROLE: identity.planRole, VAULT_APPLY_ROLE: identity.applyRole };
  const variablesIn = (block: string) =>
    [...block.matchAll(VARIABLE)].map(([, name, quoted, single, id]) =>
      id === undefined ? `export ${name}="${quoted ?? single}"` : `export ${name}='${credentials[id]}'`,
    );
  const [head = ''] = text.split('stages {');
  const stages = new Map([...text.matchAll(STAGE)].map(([, name = '', body = '']) => [name, body]));
  return {
    folder,
    names: [...stages.keys()],
    /** Runs the scripts of a stage, each in a shell of its own as `sh` does. */
    run: async (name: string) => {
      const body = stages.get(name) ?? '';
      const variables = [...variablesIn(head), ...variablesIn(body)];
      const scripts = [...body.matchAll(SCRIPT)].map(([, long, short]) => long ?? short ?? '');
      let ended = { exitCode: -1, stdout: '', stderr: `no script in stage ${name}` };
      for (const script of scripts) {
        const env = { ...nobody, ...given, CHANGE_ID: '12' };
        ended = await runShell(['set -e', ...variables, script].join('\n'), { cwd: folder, env });
        if (ended.exitCode !== 0) break;
      }
      return ended;
    },
  };
}
