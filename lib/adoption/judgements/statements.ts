import { type KeptStatement, keptStatement } from '../../config/bucket-policy/schema';
import { isPublicPolicy, parsePolicy } from '../../iam';
import type { AdoptionItem } from '../adoption';
import type { Wanted } from '../wanted';
import { item, type Judge, readValue, type Sides } from './judgement';

const POLICY = 'aws_s3_bucket_policy.backup';

type Statement = Readonly<Record<string, unknown>>;

interface NamedStatement {
  readonly statement: Statement;
  readonly sid: string;
}

/** Statements of today's bucket policy that the stack's does not have; who they let in or keep out is judged by evaluation. */
export const judgeStatements: Judge = (sides) =>
  statementsThatGo(sides).map(({ statement, sid }) => toItem(statement, sid, sides.wanted));

export function statementsThatGo({ found, wanted }: Sides): readonly NamedStatement[] {
  const document = readValue(found.bucket.policy);
  if (document === undefined) return [];
  const ofStack = new Set(statementsIn(wanted.bucketPolicyText).map(likeness));
  return statementsIn(document)
    .map((statement, index) => ({ statement, sid: sidOf(statement, index) }))
    .filter(({ statement }) => !ofStack.has(likeness(statement)));
}

function toItem(statement: Statement, sid: string, { environment }: Wanted): AdoptionItem {
  const parsed = keptStatement.safeParse({ ...statement, Sid: sid });
  const isPublic = opensToThePublic(statement);
  const isKeepable = parsed.success && !isPublic;
  const entry = { reason: '', owner: '', statement: parsed.data } as KeptStatement;
  const why = isPublic
    ? 'it opens the bucket to the public, so that it cannot be kept'
    : parsed.success
      ? 'it is kept by bucketPolicy.keep, once somebody says why and answers for it'
      : 'it cannot be kept as it stands (bucketPolicy.keep takes Principal, Action and Resource)';
  return item(`${POLICY}/statement/${sid}`, {
    verdict: statement.Effect === 'Deny' ? 'loosens' : 'tightens',
    was: JSON.stringify(statement),
    detail: `the statement goes; ${why}`,
    ...(isKeepable && { keep: { 'bucketPolicy.keep': [...(environment.bucketPolicy?.keep ?? []), entry] } }),
  });
}

/** S3 takes one statement without a list. */
function statementsIn(document: string | undefined): readonly Statement[] {
  return document === undefined ? [] : [JSON.parse(document).Statement].flat();
}

/** The statement without its Sid, and with lists of one as their member. */
function likeness({ Sid: _sid, ...statement }: Statement): string {
  return JSON.stringify(sorted(statement));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? sorted(value[0]) : value.map(sorted).sort();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function sidOf({ Sid }: Statement, index: number): string {
  const given = typeof Sid === 'string' ? Sid.replaceAll(/[^A-Za-z0-9]/g, '') : '';
  return given === '' ? `Kept${index + 1}` : given;
}

function opensToThePublic(statement: Statement): boolean {
  const document = { Version: '2012-10-17', Statement: [statement] };
  return isPublicPolicy(parsePolicy(document, 'bucket policy', { kind: 'resource' }));
}
