import type { Scope, Standing } from './scopes';

/** A resource or data source of the plan that an expression refers to. */
export interface Lead {
  /** As in `aws_s3_bucket.backup` or `data.aws_iam_policy_document.tls[0]`. */
  readonly address: string;
  /** Missing where the plan keeps none, as of `aws_s3_bucket.backup.*.id`. */
  readonly attribute?: string | undefined;
  /** Whether the plan knows its value. */
  readonly isKnown?: true;
}

/** Where the references of an expression lead. */
export interface Trail {
  readonly leads: readonly Lead[];
  /** Modules whose local values take part: a plan does not keep those. */
  readonly hiddenIn: readonly Scope[];
  /** Whether something takes part that nobody can follow. */
  readonly isOpen: boolean;
}

export const NOWHERE: Trail = { leads: [], hiddenIn: [], isOpen: false };
export const OPEN: Trail = { ...NOWHERE, isOpen: true };

/** Follows references through variables, outputs, `each` and indexes to what the plan makes or asks for. */
export type Follow = (expression: unknown, standing: Standing) => Trail;

/** Where several references lead together. */
export function merge(trails: readonly Trail[]): Trail {
  return {
    leads: trails.flatMap(({ leads }) => leads),
    hiddenIn: trails.flatMap(({ hiddenIn }) => hiddenIn),
    isOpen: trails.some(({ isOpen }) => isOpen),
  };
}

/** What is asked of a whole resource that was handed on, as in `module.bucket.this.id`. */
export function withRest(trail: Trail, rest: string): Trail {
  const [, attribute] = /^\.(?:.*\.)?([a-z0-9_]+)$/.exec(rest) ?? [];
  if (attribute === undefined) return trail;
  return { ...trail, leads: trail.leads.map((lead) => ({ ...lead, attribute: lead.attribute ?? attribute })) };
}
