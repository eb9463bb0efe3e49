import { visible } from '../../visible';

/**
 * Text as a message of SARIF, in which braces hold arguments and brackets make links.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifText(text: string): { readonly text: string } {
  return {
    text: visible(text)
      .replaceAll(/[{}]/g, '$&$&')
      .replaceAll(/[\\[\]]/g, '\\$&'),
  };
}
