/** What an input says of one thing; `unknown` is never taken for one or the other. */
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
