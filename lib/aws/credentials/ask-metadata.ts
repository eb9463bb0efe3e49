import type { OutgoingHttpHeaders } from 'node:http';
import { askLocal } from './ask-local';

/** The answer of the instance metadata service. Never a secret. */
export interface MetadataAnswer {
  /** Status of asking for a token, as IMDSv2 does; missing when no answer came. */
  readonly tokenStatus?: number;
  /** Status of asking without a token, as IMDSv1 does. */
  readonly plainStatus?: number;
  /** Role of the instance profile; missing when there is none. */
  readonly roleName?: string;
  /** The instance profile that is attached; missing when there is none, or it is gone. */
  readonly instanceProfileArn?: string;
  /** Why there are no credentials, in the words of the documents `iam/info` or `iam/security-credentials/<role>`. */
  readonly trouble?: { readonly code: string; readonly message: string };
  /** Whether it gave a token, and then no answer in time. */
  readonly isLate?: true;
  /** The answer when the credentials of the role were asked for, where it was none. */
  readonly refusal?: { readonly status: number; readonly words: string };
  /** Whether credentials are called a success, and are empty. */
  readonly hasEmptyKeys?: true;
}

const TOKEN_SECONDS = '60';
const ROLE_PATH = '/latest/meta-data/iam/security-credentials/';
const LONGEST_WORDS = 300;
const INFO_PATH = '/latest/meta-data/iam/info';

/**
 * Asks the metadata service in both versions, never through a proxy.
 *
 * @param endpoint - as in `http://169.254.169.254`
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export async function askMetadata(endpoint: string): Promise<MetadataAnswer> {
  if (!URL.canParse(endpoint)) return {};
  const [token, plain] = await Promise.all([
    ask(endpoint, '/latest/api/token', {
      method: 'PUT',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': TOKEN_SECONDS },
    }),
    ask(endpoint, '/latest/meta-data/'),
  ]);
  return {
    ...(token !== undefined && { tokenStatus: token.status }),
    ...(plain !== undefined && { plainStatus: plain.status }),
    ...(token?.status === 200 && (await askForRole(endpoint, { 'x-aws-ec2-metadata-token': token.body }))),
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html */
async function askForRole(endpoint: string, headers: OutgoingHttpHeaders): Promise<MetadataAnswer> {
  const [role, info] = await Promise.all([
    ask(endpoint, ROLE_PATH, { headers }),
    ask(endpoint, INFO_PATH, { headers }),
  ]);
  if (role === undefined) return { isLate: true };
  const roleName = role.status === 200 ? role.body.trim() : '';
  const answer = roleName === '' ? undefined : await ask(endpoint, `${ROLE_PATH}${roleName}`, { headers });
  const held = documentOf(answer);
  const profile = documentOf(info);
  const failed = [profile, held].find((one) => one !== undefined && one.Code !== undefined && one.Code !== 'Success');
  return {
    ...(roleName !== '' && { roleName }),
    ...(typeof profile?.InstanceProfileArn === 'string' && { instanceProfileArn: profile.InstanceProfileArn }),
    ...(failed && { trouble: { code: String(failed.Code), message: String(failed.Message ?? '') } }),
    ...(answer !== undefined &&
      answer.status !== 200 && { refusal: { status: answer.status, words: firstLine(answer.body) } }),
    ...(held?.AccessKeyId === '' && { hasEmptyKeys: true }),
  };
}

interface Asking {
  readonly method?: 'GET' | 'PUT';
  readonly headers?: OutgoingHttpHeaders;
}

async function ask(endpoint: string, path: string, { method = 'GET', headers = {} }: Asking = {}) {
  const answer = await askLocal(new URL(path, endpoint), { method, headers });
  return 'failure' in answer ? undefined : answer;
}

/** As much of an answer as belongs into a sentence. */
function firstLine(body: string): string {
  return body.trim().split('\n', 1)[0]?.slice(0, LONGEST_WORDS) ?? '';
}

function documentOf(answer: { readonly status: number; readonly body: string } | undefined) {
  if (answer?.status !== 200) return undefined;
  try {
    return JSON.parse(answer.body) as Readonly<Record<string, unknown>> | undefined;
  } catch {
    return undefined;
  }
}
