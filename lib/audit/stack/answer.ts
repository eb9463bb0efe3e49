/** The value of one argument: known, absent or unknown. Unknown is never treated as either. */
export type Answer<Value> =
  | { readonly state: 'known'; readonly value: Value }
  | { readonly state: 'unknown'; readonly because: string }
  | { readonly state: 'absent' };

export const ABSENT = { state: 'absent' } as const;

export function known<Value>(value: Value): Answer<Value> {
  return { state: 'known', value };
}

export function unknown(because: string): Answer<never> {
  return { state: 'unknown', because };
}
