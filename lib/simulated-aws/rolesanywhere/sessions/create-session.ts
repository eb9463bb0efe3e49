import { accountOf } from '../../../arn';
import { sourceIdentityOf } from '../../../iam';
import { describeTime } from '../../iam/entities/descriptions';
import { defaultVersion } from '../../iam/entities/effective-policies';
import { findAttachablePolicy } from '../../iam/entities/managed-policy';
import { readSessionPolicy } from '../../iam/entities/policy-document';
import type { Input } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { Role } from '../../state/services/iam-state';
import { type SessionRequest, startRoleSession } from '../../sts/session/role-session';
import { trustQuestions } from '../../sts/session/trust';
import { signatureRefusal } from '../../wire/signature/refusals';
import { commonName } from '../certificates/attributes';
import type { Certificate } from '../certificates/certificate';
import type { Output } from '../request/operation';
import { type RequestedSession, readRequestedSession, requireProfile, unableToAssume } from './requested-session';
import { mapAttributes, recordSubject } from './session-tags';
import { readPresented, requireTrusted } from './trusted-certificate';

/**
 * A session of a role for whoever has the key of a certificate that the trust anchor vouches for. The order in which AWS
 * looks at these things is not documented.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html
 */
export function createSession(call: Call, input: Input): Output {
  if (call.caller.principal.kind !== 'service') {
    throw signatureRefusal('rest-json', 'unsupported-algorithm', { words: { got: 'AWS4-HMAC-SHA256' } });
  }
  const presented = readPresented(call.request.headers);
  const requested = readRequestedSession(call, input);
  requireTrusted(requested.account, requested.anchor, presented);
  try {
    const credentialSet = [startSession(call, requested, presented.leaf)];
    return { credentialSet, subjectArn: recordSubject(requested.account, presented.leaf, false) };
  } catch (error) {
    recordSubject(requested.account, presented.leaf, true);
    throw error;
  }
}

function startSession(call: Call, requested: RequestedSession, leaf: Certificate): object {
  requireProfile(requested);
  const { account, roleArn } = requested;
  const request = sessionRequest(requested, leaf);
  const role = requireTrust(call, requested, request);
  const durationSeconds = Math.min(request.durationSeconds, role.maxSessionDurationSeconds);
  const credentials = startRoleSession(account, role, { ...request, durationSeconds });
  return {
    assumedRoleUser: {
      arn: `arn:${account.partition}:sts::${account.accountId}:assumed-role/${role.name}/${request.sessionName}`,
      assumedRoleId: `${role.id}:${request.sessionName}`,
    },
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
      expiration: describeTime(credentials.expiresAt),
    },
    packedPolicySize: packedPolicySize(requested, request),
    roleArn,
    sourceIdentity: request.sourceIdentity,
  };
}

/** A percentage. How STS packs is not documented; this is the size as text. */
function packedPolicySize({ profile }: RequestedSession, { tags = new Map() }: SessionRequest): number {
  const text = [profile.sessionPolicy ?? '', ...[...tags].flat()].join('');
  return Math.ceil((100 * text.length) / 2048);
}

/** The session by certificate and profile. @throws {AwsError} `AccessDeniedException` */
function sessionRequest(
  { account, profile, roleArn, ...requested }: RequestedSession,
  leaf: Certificate,
): SessionRequest {
  const { tags, failed } = mapAttributes(leaf, profile);
  if (Object.values(failed).some(({ length }) => length > 0)) {
    const [issuer, subject, san] = [failed.x509Issuer, failed.x509Subject, failed.x509SAN].map((names) =>
      names.join(', '),
    );
    const told = `Some attributes failed to be mapped into session tags. Issuer: [ ${issuer} ]; Subject: [ ${subject} ]; SAN: [ ${san} ]`;
    throw unableToAssume(roleArn, told, `. ${told}`);
  }
  const serialNumber = leaf.x509.serialNumber.toLowerCase();
  const sourceIdentity = sourceIdentityOf(commonName(leaf), serialNumber);
  if (!/^[\w+=,.@-]{2,64}$/.test(sourceIdentity)) {
    throw unableToAssume(roleArn, `'${sourceIdentity}' cannot be a source identity`);
  }
  const policies = [
    ...(profile.sessionPolicy === undefined ? [] : [readSessionPolicy(profile.sessionPolicy)]),
    ...profile.managedPolicyArns.map((arn) => defaultVersion(findAttachablePolicy(account, arn)).document),
  ];
  return {
    sessionName: requested.roleSessionName ?? serialNumber,
    durationSeconds: requested.durationSeconds ?? profile.durationSeconds,
    tags,
    sourceIdentity,
    ...(policies.length > 0 && { policies: policies.map(({ parsed }) => parsed) }),
  };
}

/**
 * Asks the role's trust policy for everything that the service does: it assumes the role, tags the session and sets its
 * source identity. Conditions see what is in the certificate as tags of the principal, not of the request.
 *
 * @throws {AwsError} `AccessDeniedException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html#role-trusts
 */
function requireTrust(call: Call, { account, anchor, roleArn }: RequestedSession, request: SessionRequest): Role {
  const role = account.iam.roles.valuesInForce().find(({ arn }) => arn === roleArn);
  const tags = [...(request.tags ?? [])].map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const);
  const source = { 'aws:SourceArn': anchor.arn, 'aws:SourceAccount': accountOf(anchor.arn) };
  const context = { ...source, ...Object.fromEntries(tags) };
  const questions = trustQuestions({ arn: roleArn, role }, 'sts:AssumeRole', { request, passed: {}, context });
  const refused = questions.find((question) => call.decide(question).result !== 'allowed');
  if (role === undefined) throw unableToAssume(roleArn, 'there is no such role');
  if (refused === undefined) return role;
  const given = Object.entries(context).map(([key, value]) => `${key} '${value}'`);
  const reason = `the trust policy does not allow ${refused.action} with ${given.join(', ')}`;
  throw unableToAssume(roleArn, reason);
}
