import type { Aws } from '../../aws/connect';
import { type CredentialFacts, expiredCredentials } from '../../aws/credentials/resolve-credentials';
import { ToolkitError } from '../../errors';
import type { HostWords } from '../../hosts';

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException']);

/** Who a run is, and where it has its credentials from. */
export interface Identity extends CredentialFacts {
  /** ARN of the role session; missing when STS did not tell. */
  readonly arn?: string;
}

/**
 * Who this run is, once it is clear that its credentials are temporary and alive.
 *
 * @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`, `LongTermCredentials`; the reason of the signal
 */
export async function identify(aws: Aws, host: HostWords, signal?: AbortSignal): Promise<Identity> {
  const facts = await aws.resolveCredentials(signal);
  if (!facts.isTemporary) {
    throw new ToolkitError(
      'LongTermCredentials',
      `'credentials' must be temporary ones of the role, got: the long-term access key ${facts.accessKeyIdHint}, probably from ${facts.source}\n` +
        `Remove the key there, so that ${host.giver} of this host is used`,
    );
  }
  const answer = await aws.sts.getCallerIdentity({}, signal);
  signal?.throwIfAborted();
  if (!answer.ok && EXPIRED.has(answer.code)) throw expiredCredentials(facts);
  return { ...facts, ...(answer.ok && answer.value.Arn !== undefined && { arn: answer.value.Arn }) };
}
