import { isVisible } from '../../visible';
import { expectedOutput } from '../rule-kit/expected-output';
import { doubtFor, type Fact, factAbout, failFor } from '../rule-kit/gathered';
import { describeAnswer, doubt, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { type ExpectedValue, NOT_COMPARED, ToldOutput } from '../rule-kit/told-output';
import type { Answer } from '../stack/answer';
import type { Arguments } from '../stack/arguments';
import { UnknownValue } from '../stack/unknown-value';

const AT = 'output.backup_environment';

export const outputFitsStack: Rule = {
  id: 'output-fits-stack',
  title: 'The output tells Vault and verification exactly what the stack creates',
  rationale:
    "A wrong bucket or key on Vault's screen sends the backups elsewhere, and verification skips what the output leaves out.",
  reads: `all of ${AT}; the bucket and its settings, the key, the role and its policies, what hands the role out`,
  remedy: 'Synthesize the stack again; the output follows from the environment file.',
  controls: { nist80053r5: ['CM-6', 'SI-7'] },
  check: (subject) => {
    const output = subject.stack.outputs.find(({ name }) => name === 'backup_environment');
    if (output === undefined) return [notApplicable(AT, 'the stack tells Vault nothing')];
    const { value } = output;
    if (typeof value !== 'object' || value === null || value instanceof UnknownValue)
      return [doubt(AT, 'its value is not known')];
    const told = new ToldOutput(value as Arguments, subject);
    return [compare(expectedOutput(subject, told), told)];
  },
};

function compare(all: readonly ExpectedValue[], told: ToldOutput): Outcome {
  const compared = all.map(([path, expected]) => ({ path, expected, told: told.at(path) }));
  const evidence = [
    ...compared.map(({ path, told: is }) => ({ at: `${AT}: ${path}`, value: describeAnswer(is) })),
    ...Object.entries(NOT_COMPARED)
      .filter(([path]) => told.at(path).state !== 'absent')
      .map(([path, reason]) => ({ at: `${AT}: ${path}`, value: `(not compared: ${reason})` })),
  ];
  const problems = [
    ...compared.filter(({ expected, told: is }) => isOther(expected, is)).flatMap(differences),
    ...labelProblems(told.at('form.label')),
    ...told
      .pathsBeside([...all.map(([path]) => path), ...Object.keys(NOT_COMPARED)])
      .map((path) => `${path} is nothing that follows from the stack`),
  ];
  if (problems.length > 0) return failFor(AT, problems, { evidence });
  const open = compared.filter(({ expected, told: is }) => expected.state === 'unknown' || is.state === 'unknown');
  if (open.length > 0) {
    const facts = [`not known: ${open.map(({ path }) => path).join(', ')}`];
    const because = becauseOf(open);
    return { ...doubtFor(AT, facts, { evidence }), ...(because !== undefined && { because }) };
  }
  return pass(AT, `${compared.length} values agree`, evidence);
}

/** The label is free text, which somebody types as they see it. */
function labelProblems(label: Answer<unknown>): readonly Fact[] {
  if (label.state === 'unknown') return [];
  const text = saidBy(label);
  const isRight = typeof text === 'string' && text !== '' && isVisible(text);
  return isRight ? [] : ['form.label is not one line of text, each character of which can be seen'];
}

/** The one reason of all, where there is but one. */
function becauseOf(open: readonly Compared[]): string | undefined {
  const reasons = new Set(
    open.flatMap(({ expected, told }) =>
      [expected, told].flatMap((one) => (one.state === 'unknown' ? [one.because] : [])),
    ),
  );
  return reasons.size === 1 ? [...reasons][0] : undefined;
}

interface Compared {
  readonly path: string;
  readonly expected: Answer<unknown>;
  readonly told: Answer<unknown>;
}

function isOther(expected: Answer<unknown>, told: Answer<unknown>): boolean {
  if (expected.state === 'unknown' || told.state === 'unknown') return false;
  const [has, says] = [saidBy(expected), saidBy(told)];
  return has !== says && inOrder(has) !== inOrder(says);
}

function differences({ path, expected, told }: Compared): readonly Fact[] {
  const [has, says] = [saidBy(expected), saidBy(told)];
  if (!Array.isArray(has) || !Array.isArray(says))
    return [`${path} says ${describeAnswer(told)}, but the stack has ${describeAnswer(expected)}`];
  const missing = without(has, says);
  const more = without(says, has);
  return [
    ...(missing.length > 0 ? [factAbout(missing, (names) => `${path} leaves out ${names}`)] : []),
    ...(more.length > 0 ? [factAbout(more, (names) => `${path} says ${names}, which the stack does not have`)] : []),
  ];
}

function without(list: readonly unknown[], others: readonly unknown[]): readonly string[] {
  const known = new Set(others.map(inOrder));
  const rest = list.filter((one) => !known.has(inOrder(one)));
  return rest.map((one) => (typeof one === 'object' && one !== null ? Object.values(one).join(' on ') : String(one)));
}

function saidBy(answer: Answer<unknown>): unknown {
  return answer.state === 'known' ? answer.value : undefined;
}

/** A list says the same in any order and with repetitions, an object in any order. */
function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(inOrder))].sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing';
  const entries = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${inOrder(one)}`);
  return `{${entries.sort().join()}}`;
}
