import type { AccessPolicies, ContextValue, Decision, Policy, Principal, PublicAccessBlock } from '../../iam/types';
import type { AccountState, WrittenPlace } from '../state/account-state';
import type { AwsError } from '../wire/http/aws-error';
import type { WireRequest, WireResponse } from '../wire/http/message';

/** Who signed the request, and the policies that go with them at this moment. */
export interface Caller {
  readonly principal: Principal;
  /** Absent for an anonymous request. */
  readonly accessKeyId?: string;
  readonly policies: Pick<AccessPolicies, 'identity' | 'boundary' | 'session'>;
  /** Condition keys that come with the caller: `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:userid`, … */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The name in the log of a caller from outside this account, such as `oidc.example.com:client:subject`. */
  readonly federatedId?: string;
  /** Session tags that the caller's own sessions inherit; absent where there are none. */
  readonly transitiveTags?: ReadonlyMap<string, string>;
}

/** An access question that a service asks on behalf of the caller. */
export interface AccessQuestion {
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  /** @default - whoever signed the request */
  readonly caller?: Caller;
  /** Bucket policy or trust policy. */
  readonly resourcePolicy?: Policy;
  readonly keyPolicy?: Policy;
  /** In force for the bucket that is asked about. */
  readonly publicAccessBlock?: PublicAccessBlock;
  /** Condition keys of this operation, on top of the caller's and the request's own. */
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/** A request on its way through a service. */
export interface Call {
  readonly request: WireRequest;
  readonly caller: Caller;
  readonly account: AccountState;
  /** Asks `lib/iam` and records the answer in the request log. */
  readonly decide: (question: AccessQuestion) => Decision;
}

/** An operation answers, or throws an `AwsError`. It is synchronous, so that no request sees half of another. */
export type Operation = (call: Call) => WireResponse;

/** The operation that a request asks for; `admit` leaves what there is to do once the body has come. */
export interface RoutedOperation {
  /** AWS's own. */
  readonly name: string;
  readonly run: Operation;
  /** The place in S3 that it may change; absent for one that only reads, and in other services. */
  readonly writes?: WrittenPlace;
  /** Names of headers and, behind a question mark, of parameters that AWS ignores. */
  readonly ignored?: readonly string[];
  /** Decides on the request before its body is there; absent where it takes the body to tell. @throws {AwsError} */
  readonly admit?: (call: Call) => Operation;
}

/** A service as the wire sees it. */
export interface Service {
  /** The name in the credential scope: `s3`, `iam`, `sts`, `kms`. */
  readonly name: string;
  /** @throws {AwsError} `NotImplemented` */
  readonly route: (request: WireRequest) => RoutedOperation;
  /** Loads what a request with these headers takes, where that cannot be done while it runs. @default - nothing */
  readonly load?: (headers: WireRequest['headers']) => Promise<void> | undefined;
  /** Whether the request asks for an operation that takes requests without a signature. */
  readonly admitsUnsigned: (request: WireRequest) => boolean;
  /** Whether it takes requests that are signed with the key of a certificate. @default - none does */
  readonly admitsCertificate?: (request: WireRequest) => boolean;
  /** The error as this service's protocol writes it. */
  readonly renderError: (error: AwsError, request: WireRequest) => WireResponse;
}
