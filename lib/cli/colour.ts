/** The part of the environment that has a say about colour. */
export type ColourSettings = Readonly<Record<string, string | undefined>>;

/**
 * Whether text may be coloured: `FORCE_COLOR` decides first, then `NO_COLOR`, then whether a terminal reads it.
 *
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function useColour(settings: ColourSettings, isTerminal: boolean): boolean {
  const forced = settings.FORCE_COLOR ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  if ((settings.NO_COLOR ?? '') !== '') return false;
  return isTerminal && settings.TERM !== 'dumb';
}

const STYLES = { green: [32, 39], red: [31, 39], yellow: [33, 39], bold: [1, 22] } as const;

type Style = keyof typeof STYLES;

/** A function that puts text in a style, or leaves it as it is when colour is off. */
export function painter(isOn: boolean): (text: string, style: Style) => string {
  if (!isOn) return (text) => text;
  return (text, style) => `\u001b[${STYLES[style][0]}m${text}\u001b[${STYLES[style][1]}m`;
}
