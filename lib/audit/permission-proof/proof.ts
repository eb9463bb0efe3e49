import type { ContextValue, DecidingStatement } from '../../iam';
import type { Tool } from '../../tool';

/** Version of the result document; a reader refuses any other. */
export const PROOF_VERSION = 1;

/** `unknown` is of what another account decides, and nobody told. */
export type ProofResult = 'pass' | 'fail' | 'unknown';

/** A circumstance that decides, and in which of its forms the request is allowed. */
export interface Restriction {
  readonly facet: string;
  readonly only: readonly string[];
}

/**
 * The subject of an item.
 *
 * - `permission`: what a caller may do, and in which circumstances alone
 * - `nothing`: a caller who may do nothing at all
 * - `refusal`: an act that must be refused
 * - `in-use`: a policy in which everything has a say about something
 * - `valid`: a policy whose actions, resources and condition keys exist and fit each other
 * - `own-side`: the policies that a role of another account gets from its owner
 */
export type ProofKind = 'permission' | 'nothing' | 'refusal' | 'in-use' | 'valid' | 'own-side';

/** A claim, and whether it holds. */
export interface ProofItem {
  readonly id: string;
  readonly kind: ProofKind;
  readonly title: string;
  readonly result: ProofResult;
  readonly evidence: ProofEvidence;
}

export interface ProofEvidence {
  readonly caller: string;
  readonly actions: readonly string[];
  /** Kinds of resource, in words. */
  readonly on: readonly string[];
  /** A resource that was asked about. */
  readonly resource: string;
  /** Empty when nothing but the action and the resource matters. */
  readonly onlyIf: readonly Restriction[];
  /** The least favourable context that is still allowed, as far as context matters. */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The statements that decided, of the environment's own policies. */
  readonly by: readonly DecidingStatement[];
  /** Sids of statements that this project's own stacks have for it, and this one lacks; only on a failure. */
  readonly lacking?: readonly string[];
  /** The effect of the statements to blame on a failure; why nothing is known. */
  readonly problem?: string;
}

export interface ProofCounts {
  readonly total: number;
  readonly pass: number;
  readonly fail: number;
  /** Missing where everything is known. */
  readonly unknown?: number;
  /** Actions in the catalogue. */
  readonly knownActions: number;
  /** Actions that the role can use on something, in some context. */
  readonly usableActions: number;
  /** Requests that were put to the evaluator. */
  readonly decisions: number;
}

/** The access that the environment's policies grant, compared with the access that its capabilities need. */
export interface Proof {
  readonly version: typeof PROOF_VERSION;
  /** The version that judged; missing where a library was asked. */
  readonly tool?: Tool;
  readonly verdict: ProofResult;
  readonly environment: string;
  readonly catalogue: { readonly name: string; readonly version: string };
  readonly counts: ProofCounts;
  readonly items: readonly ProofItem[];
  /** Policies that count but could not be read. */
  readonly notAssessed: readonly string[];
}
