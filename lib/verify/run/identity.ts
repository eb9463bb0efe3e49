import type { Aws } from '../../aws/connect';
import { expiredCredentials } from '../../aws/credentials/resolve-credentials';
import { ToolkitError } from '../../errors';
import type { HostWords } from '../../hosts';

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException']);

/**
 * Who this run is, once it is clear that its credentials are temporary and alive.
 *
 * @returns ARN of the role session; `undefined` when STS did not tell
 * @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`, `LongTermCredentials`; the reason of the signal
 */
export async function identify(aws: Aws, host: HostWords, signal?: AbortSignal): Promise<string | undefined> {
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
  return answer.ok ? answer.value.Arn : undefined;
}
