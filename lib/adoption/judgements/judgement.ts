import type { Read } from '../../verify/operator/live/read';
import type { Settings } from '../../verify/operator/settings/settings';
import type { AdoptionItem, AdoptionVerdict } from '../adoption';
import type { Found } from '../found/found';
import type { Wanted } from '../wanted';

/** The subject, and the day it is judged on. */
export interface Sides {
  readonly found: Found;
  readonly wanted: Wanted;
  readonly now: Date;
}

export type Judge = (sides: Sides) => readonly AdoptionItem[];

/** A judgement in words; `was` and `is` where there is one value. */
type Told = Omit<AdoptionItem, 'id' | 'was' | 'is'> & Partial<Pick<AdoptionItem, 'was' | 'is'>>;

export function item(id: string, told: Told): AdoptionItem {
  return { id, was: '', is: '', ...told };
}

/** Judges what was read; what could not be read is somebody's to answer for. */
export function whenRead<T>(
  id: string,
  { call, answer }: Read<T>,
  judge: (value: T) => readonly AdoptionItem[],
): readonly AdoptionItem[] {
  if (answer.ok) return judge(answer.value);
  return [item(id, { verdict: 'unknown', detail: `${call} answered ${answer.code}: ${answer.message}` })];
}

/** The value of a read; `undefined` where it was refused. */
export function readValue<T>({ answer }: Read<T>): T | undefined {
  return answer.ok ? answer.value : undefined;
}

export function isSet(settings: Settings): boolean {
  return Object.keys(settings).length > 0;
}

/** A difference of a setting: its word, and what becomes of it. */
export type SettingChange = readonly [
  word: string,
  verdict: AdoptionVerdict,
  was: string,
  is: string,
  detail: string,
  keep?: AdoptionItem['keep'],
];
