import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { User } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeTime } from '../entities/descriptions';
import { requirePermission } from '../request/access';

/** In this order. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...[1, 2].flatMap((number) => [
    `access_key_${number}_active`,
    `access_key_${number}_last_rotated`,
    `access_key_${number}_last_used_date`,
    `access_key_${number}_last_used_region`,
    `access_key_${number}_last_used_service`,
  ]),
  ...[1, 2].flatMap((number) => [`cert_${number}_active`, `cert_${number}_last_rotated`]),
] as const;

type Row = Readonly<Record<string, string>>;

/** A report is always at hand, of this moment. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html */
export function generateCredentialReport(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  return { State: 'COMPLETE' };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html */
export function getCredentialReport(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  const { account } = call;
  const rows = [rowOfRoot(account), ...[...account.iam.users.values()].map((user) => rowOfUser(account, user))];
  const lines = [COLUMNS.join(','), ...rows.map(lineOf)];
  return {
    Content: Buffer.from(lines.join('\n')).toString('base64'),
    ReportFormat: 'text/csv',
    GeneratedTime: describeTime(account.now()),
  };
}

/** A switch that is not set is off, and a time that there is not does not apply. */
function lineOf(row: Row): string {
  return COLUMNS.map((column) => row[column] ?? (column.endsWith('_active') ? 'false' : 'N/A')).join(',');
}

/** The account is as old as its first user. */
function rowOfRoot({ accountId, partition, iam, now }: AccountState): Row {
  const [first] = iam.users.values();
  return {
    user: '<root_account>',
    arn: `arn:${partition}:iam::${accountId}:root`,
    user_creation_time: describeTime(first?.createdAt ?? now()),
    password_enabled: 'not_supported',
    password_last_used: 'no_information',
    password_last_changed: 'not_supported',
    password_next_rotation: 'not_supported',
  };
}

/** A user's access keys are as old as the user. */
function rowOfUser({ iam }: AccountState, { name, arn, createdAt }: User): Row {
  const keys = [...iam.accessKeys.values()].filter((key) => key.kind === 'user' && key.userName === name);
  const rotated = describeTime(createdAt);
  const ofKeys = keys.map((_key, index) => [
    [`access_key_${index + 1}_active`, 'true'],
    [`access_key_${index + 1}_last_rotated`, rotated],
  ]);
  return {
    user: name,
    arn,
    user_creation_time: rotated,
    password_enabled: 'false',
    ...Object.fromEntries(ofKeys.flat()),
  };
}
