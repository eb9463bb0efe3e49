import type { AwsError } from '../../wire/http/aws-error';

/** A property that a subject must not have, and the error for one that has it. */
export type Refusal<Subject> = readonly [applies: (subject: Subject) => boolean, error: (subject: Subject) => AwsError];

/** @throws {AwsError} that of the first refusal that applies */
export function refuse<Subject>(subject: Subject, refusals: readonly Refusal<Subject>[]): void {
  for (const [applies, error] of refusals) if (applies(subject)) throw error(subject);
}

/** The first value that is there a second time. */
export function firstRepeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}
