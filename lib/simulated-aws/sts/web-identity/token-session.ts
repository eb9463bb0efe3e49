import { requireTags } from '../../iam/request/tags';
import { tryReadText, validationError } from '../../service/parameters';
import type { AwsError } from '../../wire/http/aws-error';
import { PARAMETER_RULES } from '../session/parameter-rules';
import { requireSessionTags, type SessionTags } from '../session/session-tags';
import type { VerifiedIdentity } from './verified-identity';

/** The claims of a token about the session that is made with it. */
export interface TokenSession extends SessionTags {
  readonly sourceIdentity?: string;
}

type Claims = VerifiedIdentity['claims'];

const TAGS_CLAIM = 'https://aws.amazon.com/tags';
const FLAT_TAG_CLAIM = `${TAGS_CLAIM}/principal_tags/`;

/**
 * Session tags and source identity, from the claims that AWS reads them from.
 *
 * @throws {AwsError} `ValidationError`, `InvalidInput`, `LimitExceeded`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
 */
export function readTokenSession({ claims }: Pick<VerifiedIdentity, 'claims'>): TokenSession {
  const sourceIdentity = readSourceIdentity(claims['https://aws.amazon.com/source_identity']);
  return {
    ...requireSessionTags(readTags(claims[TAGS_CLAIM] ?? flatTags(claims))),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}

function readSourceIdentity(claim: unknown): string | undefined {
  if (typeof claim !== 'string') return undefined;
  return tryReadText(new Map([['SourceIdentity', claim]]), 'SourceIdentity', PARAMETER_RULES);
}

/** The same, from the form for providers whose claims cannot be nested: one claim for each tag. */
function flatTags(claims: Claims): object {
  const tags = Object.entries(claims).filter(([claim]) => claim.startsWith(FLAT_TAG_CLAIM));
  return {
    principal_tags: Object.fromEntries(tags.map(([claim, value]) => [claim.slice(FLAT_TAG_CLAIM.length), [value]])),
    transitive_tag_keys: claims[`${TAGS_CLAIM}/transitive_tag_keys`],
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
  const pairs = Object.entries(principalTags).map(([key, values]) => [key, onlyValue(values)] as const);
  return { tags: requireTags(pairs), transitiveTagKeys };
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
