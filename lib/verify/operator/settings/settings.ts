/** Settings of one thing as text, by AWS's own names; a setting that is not made is not here. */
export type Settings = Readonly<Record<string, string>>;

/** A setting that is not as it was audited. */
export interface SettingDifference {
  readonly name: string;
  readonly audited: string | undefined;
  readonly live: string | undefined;
}

/** Every setting that differs, those that were added included, by name. */
export function differencesOf(audited: Settings, live: Settings): readonly SettingDifference[] {
  const names = [...new Set([...Object.keys(audited), ...Object.keys(live)])].sort();
  return names
    .filter((name) => audited[name] !== live[name])
    .map((name) => ({ name, audited: audited[name], live: live[name] }));
}

/** A sentence without an end, as in `Status was audited as Enabled and is Suspended`. */
export function describeDifference({ name, audited, live }: SettingDifference): string {
  if (audited === undefined) return `${name} is ${live} and was not there when it was audited`;
  return live === undefined
    ? `${name} was audited as ${audited} and is not set`
    : `${name} was audited as ${audited} and is ${live}`;
}

/** The settings that have a value. */
export function settingsOf(values: Readonly<Record<string, unknown>>): Settings {
  const set = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
}

/** Leaves out what the other side does not name. */
export function onlyNamedIn(named: Settings, settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name in named));
}
