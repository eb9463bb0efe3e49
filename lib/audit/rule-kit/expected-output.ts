import { OWN_TAG } from '../../config/own-tag';
import { ABSENT, type Answer, known, unknown } from '../stack/answer';
import { blocksOf, valueAt } from '../stack/argument';
import type { Subject } from '../subject/subject';
import { expectedHost, expectedHostOfVersion1 } from './expected-host';
import { expectedPermissions } from './expected-permissions';
import type { ExpectedValue, ToldOutput } from './told-output';

/** Everything that the output says and the stack decides. */
export function expectedOutput(subject: Subject, told: ToldOutput): readonly ExpectedValue[] {
  const version = told.at('version');
  const isVersion1 = version.state === 'known' && version.value === 1;
  return [
    ['version', known(isVersion1 ? 1 : 2)],
    ['environment', environmentOf(subject, told)],
    ...expectedForm(subject),
    ...expectedAws(subject),
    ...(isVersion1 ? expectedHostOfVersion1(subject) : expectedHost(subject)),
    ...expectedPermissions(subject, told),
  ];
}

/** A stack of ours tags everything with its name. */
function environmentOf({ stack }: Subject, told: ToldOutput): Answer<unknown> {
  const blocks = blocksOf(stack.provider.default_tags);
  if (blocks.state !== 'known') return told.at('environment');
  const [tag] = blocks.value.map(({ tags }) => valueAt({ tags }, `tags.${OWN_TAG}`)).filter(isSaid);
  return tag ?? told.at('environment');
}

function isSaid({ state }: Answer<unknown>): boolean {
  return state !== 'absent';
}

function expectedForm({ buckets: [bucket] }: Subject): readonly ExpectedValue[] {
  const algorithm = bucket?.encryption.algorithm ?? ABSENT;
  const method = algorithm.state === 'known' ? known(algorithm.value === 'AES256' ? 'AES-256' : 'AWS-KMS') : algorithm;
  return [
    ['form.storageType', known('AWS S3')],
    ['form.roleBasedControl', known(true)],
    ['form.bucketName', bucket?.name ?? ABSENT],
    ['form.encryption', method],
    ['form.masterKey', bucket?.encryption.keyArn ?? ABSENT],
  ];
}

function expectedAws(subject: Subject): readonly ExpectedValue[] {
  const { place, stack } = subject;
  const [bucket] = subject.buckets;
  const [role] = subject.roles;
  const accounts = valueAt(stack.provider, 'allowed_account_ids');
  const account =
    accounts.state === 'known' && Array.isArray(accounts.value)
      ? known(String(accounts.value[0]))
      : placeAnswer(place.account);
  return [
    ['aws.account', account],
    ['aws.region', placeAnswer(place.region)],
    ['aws.partition', placeAnswer(place.partition)],
    ['aws.bucketArn', bucket?.arn ?? ABSENT],
    ['aws.keyArn', bucket?.encryption.keyArn ?? ABSENT],
    ['aws.formerKeyArns', formerKeysOf(subject)],
    ['aws.bucketKey', bucket?.encryption.bucketKey ?? ABSENT],
    ['aws.roleArn', role?.arn ?? ABSENT],
    ['aws.objectLock', lockOf(subject)],
  ];
}

/** The keys that the role may decrypt with, but for the one of the bucket. */
function formerKeysOf({ buckets: [bucket], roles: [role] }: Subject): Answer<unknown> {
  const current = bucket?.encryption.keyArn ?? ABSENT;
  if (current.state === 'unknown') return current;
  if (role === undefined || role.identity.state !== 'known') return role?.identity ?? ABSENT;
  const keys = role.identity.value
    .flatMap(({ statements }) => statements)
    .filter(({ effect, actions }) => effect === 'Allow' && actions.patterns.includes('kms:Decrypt'))
    .flatMap(({ resources }) => resources?.patterns ?? []);
  const former = keys.filter((arn) => current.state !== 'known' || arn !== current.value);
  return former.length === 0 ? ABSENT : known(former);
}

/** Absent where new versions are not locked. */
function lockOf({ buckets: [bucket], read }: Subject): Answer<unknown> {
  const [configuration] = bucket?.companions('aws_s3_bucket_object_lock_configuration').found ?? [];
  if (configuration === undefined) return ABSENT;
  const at = (name: string) => read(configuration, `rule.default_retention.${name}`);
  const [mode, days, years] = [at('mode'), at('days'), at('years')];
  const open = [mode, days, years].find(({ state }) => state === 'unknown');
  if (open !== undefined) return open;
  if (mode.state !== 'known') return ABSENT;
  if (days.state !== 'known') return unknown(`${configuration.address} counts its retention in years`);
  return known({ mode: mode.value, retentionDays: Number(days.value) });
}

function placeAnswer(value: string | undefined): Answer<string> {
  return value === undefined ? unknown('no input says it') : known(value);
}
