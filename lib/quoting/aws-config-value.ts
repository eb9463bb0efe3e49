import { ToolkitError } from '../errors';
import { refuseControlCharacters } from './refuse-control-characters';

/**
 * The text as a value of the AWS configuration file, which has no quotes of its own: some SDKs cut a comment off, and all
 * of them cut the ends.
 *
 * @throws {ToolkitError} `NotQuotable`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function awsConfigValue(text: string): string {
  refuseControlCharacters(text);
  if (text !== '' && text.trim() === text && !/\s[#;]/.test(text)) return text;
  throw new ToolkitError(
    'NotQuotable',
    `a value of the AWS configuration must not be empty, begin or end with a space, or have # or ; after one, got: '${text}'`,
  );
}
