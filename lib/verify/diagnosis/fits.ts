import type { Evidence } from '../result/diagnosis';

/** Whether the code is one of these. */
export function oneOf(...codes: readonly string[]): (evidence: Pick<Evidence, 'code'>) => boolean {
  const known = new Set(codes);
  return ({ code }) => known.has(code);
}
