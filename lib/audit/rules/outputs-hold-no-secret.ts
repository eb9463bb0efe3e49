import { doubtFor, factAbout, failFor } from '../rule-kit/gathered';
import { listing, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { holdsSecret } from '../rule-kit/secrets';
import type { StackOutput } from '../stack/stack-document';

const SECRET_NAME = /(password|passwd|secret|private_?key|access_?key|session_?token|credential)/i;

/** An expression that does more than to name something. */
const MADE = /(?<!\$)\$\{(?![\w.[\]"\\*-]+\})/;

export const outputsHoldNoSecret: Rule = {
  id: 'outputs-hold-no-secret',
  title: 'No output holds a secret',
  rationale: 'Outputs end up in pipelines and logs, and on the screen of anyone who runs terraform output.',
  reads: 'outputs: names, values, sensitive',
  remedy: 'Take the secret out of the output; the environment needs none.',
  controls: { nist80053r5: ['IA-5(7)', 'SC-28'], pciDss401: ['8.6.3'] },
  check: ({ stack: { outputs } }) => {
    const found = outputs.flatMap((output) => problemsOf(output).map((problem) => `'${output.name}' ${problem}`));
    if (found.length > 0) return [failFor('output', found, { detail: listing(found) })];
    const made = outputs.filter(({ value }) => MADE.test(JSON.stringify(value) ?? '')).map(({ name }) => `'${name}'`);
    if (made.length > 0) return [doubtFor('output', [factAbout(made, (names) => `a function makes ${names}`)])];
    return [pass('output', outputs.length === 0 ? 'there are no outputs' : `${outputs.length} outputs, none secret`)];
  },
};

function problemsOf({ name, value, isSensitive }: StackOutput): readonly string[] {
  const text = JSON.stringify(value) ?? '';
  const names = [name, ...namesIn(value)].filter((one) => SECRET_NAME.test(one));
  return [
    ...(isSensitive ? ['is marked sensitive, so it holds one'] : []),
    ...(holdsSecret(text) ? ['holds what looks like one'] : []),
    ...names.map((one) => `has the name '${one}'`),
  ];
}

function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}
