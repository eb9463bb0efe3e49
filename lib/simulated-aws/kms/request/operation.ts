import { type Input, optionalBoolean, type StringRule } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { notImplemented } from '../../wire/http/aws-error';
import { kmsError } from './key-errors';

/** The JSON answer; `undefined` for an operation that AWS answers with an empty body. */
export type Output = Readonly<Record<string, unknown>> | undefined;

/** An operation of the KMS API. */
export interface KmsOperation {
  /** Every parameter that it takes; another one is answered with `NotImplemented`. */
  readonly parameters: readonly string[];
  readonly run: (call: Call, input: Input) => Output;
}

/** AWS's JSON protocol writes a time as seconds since 1970. */
export function epochSeconds(date: Date): number {
  return date.getTime() / 1000;
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const DESCRIPTION_RULE: StringRule = { maxLength: 8192 };
export const POLICY_RULE: StringRule = { maxLength: 131_072, pattern: /[\t\n\r\u0020-\u00FF]+/ };

/** Refuses a value that this account does not simulate, by its name. @throws {AwsError} `NotImplemented` */
export function onlySimulated(input: Input, name: string, simulated: unknown): void {
  const value = input[name] ?? simulated;
  if (value !== simulated) {
    throw notImplemented(`the value ${JSON.stringify(value)} of the KMS parameter "${name}"`);
  }
}

/**
 * A dry run ends where the answer would be made: everything before it was checked.
 *
 * @throws {AwsError} `DryRunOperationException`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export function endDryRun(input: Input): void {
  if (optionalBoolean(input, 'DryRun')) {
    throw kmsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
  }
}
