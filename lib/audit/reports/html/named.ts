import { unnamedStatement } from '../../../iam';
import type { AuditReport } from '../../report/audit-report';
import type { RecordedAccess, RecordedPolicy } from '../../report/recorded-access';
import { type Markup, markup } from '../markup';

/** Somebody whom a statement names, or by whom a condition lets in or keeps out. */
interface Mention {
  readonly who: string;
  /** As in `Principal AWS`, or `ArnLike aws:PrincipalArn`. */
  readonly as: string;
  readonly effect: string;
  readonly where: string;
}

/**
 * Condition keys whose values say who asks, or for whom.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
const ABOUT_SOMEBODY =
  /^(?:aws:(?:Principal.*|Source(?:Arn|Account|Org.*|Owner|Identity)|userid|username|FederatedProvider|CalledVia.*|ViaAWSService|MultiFactorAuth.*)|kms:(?:CallerAccount|GranteePrincipal|RetiringPrincipal|GrantIsForAWSResource|ViaService)|s3:(?:DataAccessPointA.*|AccessGrants.*)|sts:(?:RoleSessionName|SourceIdentity|ExternalId|TransitiveTagKeys)|.*:(?:sub|aud|amr|azp|iss))$/i;

/** Everybody whom a policy of the environment names, and where, whether or not it gives them anything; and where none can be read. */
export function namedTable({ access, partlyRead }: AuditReport): Markup | undefined {
  const policies = access ? policiesOf(access) : (partlyRead?.policies ?? []);
  return markup`${unreadList(partlyRead?.unread ?? [])}${tableOf(policies.flatMap(mentionsIn))}`;
}

/** Places whose policies may name others. */
function unreadList(unread: readonly string[]): Markup | undefined {
  if (unread.length === 0) return undefined;
  return markup`<p>Not readable, so that others may be named there:</p>
<ul class="codes">${unread.map((place) => markup`<li><code>${place}</code></li>`)}</ul>
`;
}

function tableOf(mentions: readonly Mention[]): Markup | undefined {
  if (mentions.length === 0) return undefined;
  const names = [...new Set(mentions.map(({ who }) => who))].sort();
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Whom the policies name"><table>
<caption>Whom the policies name <small>By a principal or by a condition, also where it gives them nothing.</small></caption>
<thead><tr><th scope="col">Who</th><th scope="col">Named as</th></tr></thead>
<tbody>${names.map((name) =>
    rowOf(
      name,
      mentions.filter(({ who }) => who === name),
    ),
  )}</tbody></table></div>
`;
}

function rowOf(who: string, mentions: readonly Mention[]): Markup {
  const texts = [...new Set(mentions.map(({ as, effect, where }) => `${as} of ${where} (${effect})`))];
  return markup`<tr><th scope="row">${who}</th><td class="why">${texts.map((text) => markup`<span>${text}</span>`)}</td></tr>
`;
}

function policiesOf({ role, bucket, key, formerKeys = [] }: RecordedAccess): readonly RecordedPolicy[] {
  const keys = [...(key ? [key] : []), ...formerKeys];
  const policies = [role.trust, ...role.identity, role.boundary, bucket.policy, ...keys.map(({ policy }) => policy)];
  return policies.filter((policy) => policy !== undefined);
}

function mentionsIn({ name, document }: RecordedPolicy): readonly Mention[] {
  return document.Statement.flatMap((statement, index) => {
    const { Sid = unnamedStatement(index), Effect, Principal, NotPrincipal, Condition = {} } = statement;
    const mention = (who: string, as: string): Mention => ({
      who,
      as,
      effect: String(Effect),
      where: `${name} ${Sid}`,
    });
    return [
      ...principalsIn(Principal).map(([type, who]) => mention(who, `Principal ${type}`)),
      ...principalsIn(NotPrincipal).map(([type, who]) => mention(who, `NotPrincipal ${type}`)),
      ...conditionsIn(Condition).map(([as, who]) => mention(who, as)),
    ];
  });
}

function principalsIn(element: unknown): readonly (readonly [type: string, who: string])[] {
  if (element === undefined) return [];
  if (typeof element === 'string') return [['AWS', element]];
  return Object.entries(element as object).flatMap(([type, names]) =>
    [names].flat().map((who) => [type, String(who)] as const),
  );
}

function conditionsIn(condition: unknown): readonly (readonly [as: string, who: string])[] {
  return Object.entries(condition as object).flatMap(([operator, tests]) =>
    Object.entries(tests as object)
      .filter(([key]) => ABOUT_SOMEBODY.test(key))
      .flatMap(([key, values]) => [values].flat().map((value) => [`${operator} ${key}`, `${key}: ${value}`] as const)),
  );
}
