import { keyLines, pathOf } from './key-lines';

/** Deep enough for `resource`, type and name. */
const DEEPEST = 3;

/** Finds where a resource, an output or a provider stands in the text of a `cdk.tf.json`; undefined where it does not. */
export function resourceLines(stackText: string): (address: string) => number | undefined {
  const lines = keyLines(stackText, DEEPEST);
  return (address) => {
    const [first = '', ...rest] = address.split('.');
    return lines.get(pathOf('resource', first, rest.join('.'))) ?? lines.get(pathOf(first, ...rest));
  };
}
