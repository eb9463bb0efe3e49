import { validationError } from '../../parameters';
import type { AwsError } from '../../wire/aws-error';
import { requireSessionTags, type SessionTags } from '../session-tags';
import type { VerifiedIdentity } from './verified-identity';

/** What a token may say of the session that is made with it. */
export interface TokenSession extends SessionTags {
  readonly sourceIdentity?: string;
}

/**
 * Session tags and source identity, from the claims that AWS reads them from.
 *
 * @throws {AwsError} `ValidationError`, `LimitExceeded`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
 */
export function readTokenSession({ claims }: Pick<VerifiedIdentity, 'claims'>): TokenSession {
  const sourceIdentity = claims['https://aws.amazon.com/source_identity'];
  return {
    ...requireSessionTags(readTags(claims['https://aws.amazon.com/tags'] ?? {})),
    ...(typeof sourceIdentity === 'string' ? { sourceIdentity } : {}),
  };
}

function readTags(claim: unknown): SessionTags {
  const { principal_tags: principalTags = {}, transitive_tag_keys: transitiveTagKeys = [] } = claim as {
    readonly principal_tags?: unknown;
    readonly transitive_tag_keys?: unknown;
  };
  if (typeof principalTags !== 'object' || principalTags === null || !isTexts(transitiveTagKeys)) {
    throw malformed();
  }
  const tags = Object.entries(principalTags).map(([key, values]) => [key, onlyValue(values)] as const);
  return { tags: new Map(tags), transitiveTagKeys };
}

/** A session tag has one value. */
function onlyValue(values: unknown): string {
  if (!isTexts(values) || values.length !== 1) {
    throw malformed();
  }
  return values[0] ?? '';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function malformed(): AwsError {
  return validationError('The claim https://aws.amazon.com/tags of the token is malformed.');
}
