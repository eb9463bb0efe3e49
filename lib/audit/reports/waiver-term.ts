import type { AppliedWaiver } from '../report/audit-report';

/** How long a waiver holds; what the environment itself forces has no end. */
export function waiverTerm({ source, expires }: AppliedWaiver): string {
  return source === 'generated' ? 'follows from the environment' : `until ${expires}`;
}
