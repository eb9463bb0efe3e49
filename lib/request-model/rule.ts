import type { ObjectState, S3RequestFacts } from './facts';
import type { Step } from './question';
import type { Target, TargetPlace } from './target';

/** Whether a rule applies, by what the request says and by what it is about. */
export type When = (facts: S3RequestFacts, target: Target) => boolean;

/** A question that an operation leads to. */
export interface AccessRule {
  readonly step: Step;
  readonly action: string;
  /** The action instead, when a version is named. */
  readonly versionAction?: string;
  readonly on: TargetPlace;
  /** @default - always asked */
  readonly when?: When;
}

/** The request carries one of these headers. */
export function carries(...names: readonly string[]): When {
  return ({ headers }) => names.some((name) => headers[name] !== undefined);
}

/** The header has this value, in any case. */
export function says(name: string, value: string): When {
  return ({ headers }) => headers[name]?.toLowerCase() === value.toLowerCase();
}

/** The header is a list with this item. */
export function lists(name: string, item: string): When {
  return ({ headers }) => (headers[name] ?? '').split(',').some((part) => part.trim() === item);
}

export function not(when: When): When {
  return (facts, target) => !when(facts, target);
}

export function all(...conditions: readonly When[]): When {
  return (facts, target) => conditions.every((when) => when(facts, target));
}

export const objectIsMissing: When = ({ object }) => object === 'missing';

export const sourceIsMissing: When = ({ source }) => source?.object === 'missing';

export const objectHasTags: When = ({ object }) => hasTags(object);

export const sourceHasTags: When = ({ source }) => hasTags(source?.object);

export const objectHasRetention: When = ({ object }) => object !== 'missing' && object?.hasRetention === true;

export const objectHasLegalHold: When = ({ object }) => object !== 'missing' && object?.hasLegalHold === true;

/** Whether the request's object, or the entry of a batch, is under GOVERNANCE. */
export const isUnderGovernance: When = (_facts, { object }) =>
  object !== 'missing' && object?.isUnderGovernance === true;

/** The current object must still have the ETag that is named; `*` only asks whether there is one. */
export const comparesEtag: When = ({ headers }, { etag, versionId }) => {
  const wanted = etag ?? headers['if-match'];
  return versionId === undefined && wanted !== undefined && wanted.trim() !== '*';
};

function hasTags(object: ObjectState | undefined): boolean {
  return object !== undefined && object !== 'missing' && Object.keys(object.tags ?? {}).length > 0;
}
