/**
 * Who asks.
 *
 * `role-session` is an assumed role: `arn` is the session's (`arn:aws:sts::…:assumed-role/…`), `roleArn` the role's.
 */
export type Principal =
  | { readonly kind: 'root'; readonly account: string; readonly arn: string }
  | { readonly kind: 'user'; readonly account: string; readonly arn: string; readonly userId: string }
  | {
      readonly kind: 'role-session';
      readonly account: string;
      readonly arn: string;
      readonly roleArn: string;
      /** `AROA…:session-name`, the value of `aws:userid`. */
      readonly userId: string;
    }
  | { readonly kind: 'service'; readonly service: string }
  /** Someone with a token of an identity provider, who calls `sts:AssumeRoleWithWebIdentity` or `…WithSAML`. */
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'anonymous' };

/** A context key's value; a list for a multivalued key. */
export type ContextValue = string | readonly string[];

/** One question: may `principal` do `action` to `resource`, in this context? */
export interface AccessRequest {
  readonly principal: Principal;
  /** `service:Action`, as IAM spells it. */
  readonly action: string;
  /** Full ARN, or `*` for an action that takes no resource. */
  readonly resource: string;
  /** Account that owns the resource; equal to the principal's own for an action that takes no resource. */
  readonly resourceAccount: string;
  /**
   * Every condition key that AWS would supply for this request; a key that is not here is absent.
   * Names are matched without regard to case.
   */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** Canonical user id of the caller's account; needed only where a policy names a `CanonicalUser`. */
  readonly canonicalUserId?: string;
}

/** A parsed policy and the name that a decision calls it by. */
export interface Policy {
  readonly name: string;
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** The Sid, or the index in the document when it has none. */
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: PrincipalElement;
  readonly actions: Element;
  readonly resources?: Element;
  readonly conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Element {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** `Principal` or `NotPrincipal`; `*` alone is `{ AWS: ['*'] }` with `anyone` set. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly anyone: boolean;
  readonly byType: Readonly<Record<string, readonly string[]>>;
}

/** One operator, one key, its values. */
export interface Condition {
  /** As written, for example `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Everything that has a say; what is left out has none.
 *
 * Two policies cannot be left out: a KMS key without `key`, and a role to assume without `resource`, admit nobody.
 */
export interface AccessPolicies {
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
  /** Policies passed when the session was made. */
  readonly session?: readonly Policy[];
  /** Bucket policy or role trust policy. */
  readonly resource?: Policy;
  /** KMS key policy: nothing on a key is allowed that it does not admit. */
  readonly key?: Policy;
}

export type Layer = 'identity' | 'boundary' | 'session' | 'resource' | 'key';

/** The statement that decided. */
export interface DecidingStatement {
  readonly layer: Layer;
  readonly policy: string;
  readonly statement: string;
}

/**
 * The answer, and why. An implicit denial has no deciding statement; `missing` says which layer did not allow.
 *
 * `by` is empty where the account's root user is allowed without any statement.
 */
export type Decision =
  | { readonly result: 'allowed'; readonly by: readonly DecidingStatement[] }
  | { readonly result: 'explicitly-denied'; readonly by: readonly DecidingStatement[] }
  | { readonly result: 'implicitly-denied'; readonly missing: Layer };

/** Why a statement does not apply: the first of its elements, in this order, that does not match. */
export type Mismatch =
  | { readonly matched: false; readonly reason: 'action' | 'resource' | 'principal' }
  | { readonly matched: false; readonly reason: 'condition'; readonly condition: Condition };

/** What one statement of one policy had to say to a request. */
export type StatementExplanation = DecidingStatement & { readonly effect: Statement['effect'] } & (
    | { readonly matched: true }
    | Mismatch
  );

/** A decision, with every statement that had a say. */
export interface Explanation {
  readonly decision: Decision;
  readonly statements: readonly StatementExplanation[];
}
