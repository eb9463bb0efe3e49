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

/** A question: may `principal` do `action` to `resource`, in this context? */
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
  /** Condition keys that AWS does not document are keys that no request has; left out, they are not understood. */
  readonly takesUnknownKeys?: true;
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** The Sid, or when it has none what it is called by its place, as in `statement 2 (no Sid)`. */
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
  /** Service control policies: they limit the principals of their account, whatever grants the access. */
  readonly scps?: ControlPolicies;
  /** Resource control policies: they deny access to the resources of their account, whoever asks; not for a key that AWS manages. */
  readonly rcps?: ControlPolicies;
  /** Policy of the VPC endpoint that the request comes through, when it comes through one: one more limit. */
  readonly endpoint?: Policy;
  /** In force for the bucket: the stricter of its own and its account's. */
  readonly publicAccessBlock?: PublicAccessBlock;
}

/**
 * The organization's policies of one kind over one account.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export interface ControlPolicies {
  /** The account that they are in force for; they say nothing of any other. */
  readonly account: string;
  /** Control policies have no effect on the organization's management account, even those of the root. @default false */
  readonly isManagementAccount?: boolean;
  /** The policies attached to the organization's root, to each organizational unit on the path, and to the account. */
  readonly levels: readonly (readonly Policy[])[];
}

/** The setting of S3 Block Public Access that decides over requests; the other three decide over changes and ACLs. */
export interface PublicAccessBlock {
  readonly restrictPublicBuckets: boolean;
}

/** Kinds of policy that have a say about a request. */
export const LAYERS = [
  'identity',
  'boundary',
  'session',
  'resource',
  'key',
  'scp',
  'rcp',
  'endpoint',
  'public-access-block',
] as const;

export type Layer = (typeof LAYERS)[number];

/** The statement that decided. */
export interface DecidingStatement {
  readonly layer: Layer;
  readonly policy: string;
  /** The Sid, or when it has none what it is called by its place, as in `statement 2 (no Sid)`. */
  readonly statement: string;
  /** Index into the levels of control policies; only in the layers `scp` and `rcp`. */
  readonly level?: number;
}

/**
 * The answer, and why. An implicit denial has no deciding statement; `missing` says which layer did not allow.
 *
 * `by` is empty where the account's root user is allowed without any statement, and for what no policy controls.
 */
export type Decision =
  | { readonly result: 'allowed'; readonly by: readonly DecidingStatement[] }
  | { readonly result: 'explicitly-denied'; readonly by: readonly DecidingStatement[] }
  | {
      readonly result: 'implicitly-denied';
      readonly missing: Layer;
      /** The level that did not allow; only when `missing` is `scp`. */
      readonly level?: number;
    };

/** Why a statement does not apply: the first of its elements, in this order, that does not match. */
export type Mismatch =
  | { readonly matched: false; readonly reason: 'action' | 'resource' | 'principal' }
  | {
      readonly matched: false;
      readonly reason: 'condition';
      /** The operator, the key and the values that the policy expects. */
      readonly condition: Condition;
      /** The values that the request has for the key. */
      readonly received: readonly string[] | 'absent';
    };

/**
 * The answer of one statement of one policy to a request.
 *
 * `decides` is false where a statement applies and its effect is irrelevant: an Allow beside a denial, or one that
 * did not suffice.
 */
export type StatementExplanation = DecidingStatement & { readonly effect: Statement['effect'] } & (
    | { readonly matched: true; readonly decides: boolean }
    | Mismatch
  );

/** A decision, with every statement that had a say. */
export interface Explanation {
  readonly decision: Decision;
  readonly statements: readonly StatementExplanation[];
}
