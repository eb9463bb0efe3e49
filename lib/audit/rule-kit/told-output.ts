import { ABSENT, type Answer, known, unknown } from '../stack/answer';
import type { Arguments } from '../stack/arguments';
import { isObject, UnknownValue } from '../stack/unknown-value';
import type { Subject } from '../subject/subject';

/** The value that the output must have at a path, according to the resources. */
export type ExpectedValue = readonly [path: string, value: Answer<unknown>];

/** Paths of `output.backup_environment` that no resource decides, and why. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  'form.label': 'free text',
  'host.certificate.maximumDays': 'the authority decides it, outside the stack',
  'host.helper': 'a program on the host',
  'host.revocation': 'the authority decides it, outside the stack',
  'permissions.otherBucket': 'any bucket will do that the role does not reach',
  'host.runBy': 'an agreement with whoever runs the host',
};

/** Reads the output with references resolved, at any depth. */
export class ToldOutput {
  constructor(
    private readonly value: Arguments,
    private readonly subject: Pick<Subject, 'read'>,
  ) {}

  at(path: string): Answer<unknown> {
    let given: unknown = this.value;
    for (const step of path.split('.')) {
      if (given instanceof UnknownValue) return unknown(given.because);
      given = isObject(given) && Object.hasOwn(given, step) ? given[step] : undefined;
    }
    return this.resolve(given);
  }

  /** The paths of all that it says, but for what lies below the known ones. */
  pathsBeside(knownPaths: readonly string[], given: unknown = this.value, at = ''): readonly string[] {
    if (knownPaths.includes(at)) return [];
    const isOnTheWay = at === '' || knownPaths.some((one) => one.startsWith(`${at}.`));
    if (!isObject(given) || !isOnTheWay) return given === undefined || given === null ? [] : [at];
    return Object.entries(given).flatMap(([name, value]) =>
      this.pathsBeside(knownPaths, value, at === '' ? name : `${at}.${name}`),
    );
  }

  private resolve(given: unknown): Answer<unknown> {
    if (given === undefined || given === null) return ABSENT;
    if (given instanceof UnknownValue) return unknown(given.because);
    if (Array.isArray(given)) return allOf(given.map((one) => this.resolve(one)));
    if (isObject(given)) {
      const names = Object.keys(given);
      const values = allOf(names.map((name) => this.resolve(given[name])));
      if (values.state !== 'known') return values;
      return known(Object.fromEntries(names.map((name, index) => [name, values.value[index]])));
    }
    return this.subject.read({ address: '', type: 'output', arguments: { given } }, 'given');
  }
}

/** Known when each of them is; nothing stands for what is absent. */
function allOf(answers: readonly Answer<unknown>[]): Answer<readonly unknown[]> {
  const open = answers.find(({ state }) => state === 'unknown');
  if (open?.state === 'unknown') return open;
  return known(answers.map((answer) => (answer.state === 'known' ? answer.value : null)));
}
