import type { Input, StringRule } from '../../service/json-parameters';
import { notImplemented } from '../../wire/http/aws-error';

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
