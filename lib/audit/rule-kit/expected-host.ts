import { subjectsOf } from '../../certificates/authorities';
import { ABSENT, type Answer, known, unknown } from '../stack/answer';
import { referencesOf } from '../stack/resolve-references';
import type { Subject } from '../subject/subject';
import { ANCHOR, ISSUER, NAME } from './certificate-host';
import type { ExpectedValue } from './told-output';
import { trustedValues } from './trusted-values';

const PROFILE = 'aws_rolesanywhere_profile';
/** AWS's default for a profile that does not say how long its sessions last. */
const DEFAULT_SESSION_SECONDS = 3600;

/** Version 1, when EC2 was the one kind of host. */
export function expectedHostOfVersion1(subject: Subject): readonly ExpectedValue[] {
  return [['aws.instanceProfileArn', instanceProfileOf(subject)]];
}

/** The kind of host follows from what hands out the role; so does the rest. */
export function expectedHost(subject: Subject): readonly ExpectedValue[] {
  const { roles, ofType } = subject;
  if (ofType(PROFILE).length > 0) return [['host.kind', known('on-premises')], ...certificateHolder(subject)];
  if (ofType('aws_iam_role').length === 0 && roles[0]?.exists) {
    const isAttached = ofType('aws_iam_role_policy_attachment').length > 0;
    return [
      ['host.kind', known('existing-role')],
      ['host.roleAccount', roles[0].foreignAccount === undefined ? ABSENT : known(roles[0].foreignAccount)],
      ['host.policyArns', policyArnsOf(subject)],
      ['host.attached', known(isAttached)],
    ];
  }
  return [
    ['host.kind', known('ec2')],
    ['host.instanceProfileArn', instanceProfileOf(subject)],
  ];
}

function certificateHolder(subject: Subject): readonly ExpectedValue[] {
  const { stack, place, read } = subject;
  const [profile] = subject.ofType(PROFILE);
  const [anchor] = subject.ofType('aws_rolesanywhere_trust_anchor');
  const arnOf = (address: string | undefined) => referencesOf(stack, place).answer(`\${${address}.arn}`);
  const seconds = profile === undefined ? ABSENT : read(profile, 'duration_seconds');
  const issuer = trusted(subject, ISSUER);
  const pem = anchor === undefined ? ABSENT : read(anchor, 'source.source_data.x509_certificate_data');
  return [
    ['host.trustAnchorArn', anchor === undefined ? single(trusted(subject, ANCHOR)) : arnOf(anchor.address)],
    ['host.profileArn', arnOf(profile?.address)],
    ['host.authorities', pem.state === 'known' ? known(subjectsOf(String(pem.value))) : pem],
    ['host.certificate.subject.CN', trusted(subject, NAME)],
    ['host.certificate.issuer.CN', single(issuer)],
    ['host.sessionSeconds', sessionSeconds(seconds)],
  ];
}

function sessionSeconds(given: Answer<unknown>): Answer<unknown> {
  if (given.state === 'unknown') return given;
  return known(given.state === 'known' ? Number(given.value) : DEFAULT_SESSION_SECONDS);
}

/** The values of a condition key by which the trust policy lets hosts in. */
function trusted({ roles: [role] }: Subject, key: string): Answer<readonly string[]> {
  const trust = role?.trust ?? ABSENT;
  if (trust.state !== 'known') return trust;
  const values = trustedValues(trust.value).get(key.toLowerCase());
  return values === undefined ? ABSENT : known(values);
}

function single(answer: Answer<readonly string[]>): Answer<unknown> {
  return answer.state === 'known' && answer.value.length === 1 ? known(answer.value[0]) : answer;
}

function instanceProfileOf({ stack, place, roles: [role] }: Subject): Answer<unknown> {
  const [profile] = role?.instanceProfiles.found ?? [];
  if (profile !== undefined) return referencesOf(stack, place).answer(`\${${profile.address}.arn}`);
  return role?.instanceProfiles.doubtful.length ? unknown('nobody can tell which role the profile is for') : ABSENT;
}

/** Every policy of a stack whose role exists already is meant for that role. */
function policyArnsOf({ stack, place, ofType }: Subject): Answer<unknown> {
  const references = referencesOf(stack, place);
  const arns = ofType('aws_iam_policy').map(({ address }) => references.answer(`\${${address}.arn}`));
  const open = arns.find(({ state }) => state !== 'known');
  if (open !== undefined) return unknown('the name of a policy is not known');
  return known(arns.map((arn) => (arn.state === 'known' ? arn.value : '')));
}
