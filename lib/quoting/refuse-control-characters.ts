import { ToolkitError } from '../errors';
import { isVisible, visible } from '../visible';

/**
 * A line break ends the value in most formats, whatever stands around it.
 *
 * @throws {ToolkitError} `NotQuotable`
 */
export function refuseControlCharacters(text: string): void {
  if (isVisible(text)) return;
  throw new ToolkitError(
    'NotQuotable',
    `a value must be one line, each character of which can be seen, got: ${visible(text)}`,
  );
}
