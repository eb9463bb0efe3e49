import { refuseControlCharacters } from './refuse-control-characters';

/**
 * The text as a literal of PowerShell, to which a typographic quotation mark ends it as well.
 *
 * @throws {ToolkitError} `NotQuotable`
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function powershellText(text: string): string {
  refuseControlCharacters(text);
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
