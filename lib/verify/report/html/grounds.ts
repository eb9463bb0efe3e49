import { listOf } from '../../../audit/reports/html/frame';
import { type Markup, markup } from '../../../audit/reports/markup';
import { describeLocked, wayToRemove } from '../../result/locked-versions';
import type { Leftover, Verification } from '../../result/verification';

/** Where the answers came from, service by service. */
export function answeringEndpoints({ answeredBy = [], acceptedOtherEndpoints }: Verification): Markup {
  if (answeredBy.length === 0) return markup`<p>It is not known.</p>\n`;
  const rows = answeredBy.map(({ service, url, address = '', issuer = '', isAws }) => [
    service,
    url,
    address,
    issuer,
    isAws ? 'yes' : 'no',
  ]);
  const accepted = acceptedOtherEndpoints ? markup`<p>Others than AWS were accepted on request.</p>\n` : undefined;
  return markup`${accepted}${table('Endpoints', ['Service', 'Endpoint', 'Address', 'Issuer of the certificate', 'AWS by its name'], rows)}`;
}

/** Things that this verdict says nothing about. */
export function notAsked({
  notAsked: missing = [],
  leftOut = [],
  notAssessed = [],
  notExercised,
}: Verification): Markup {
  return listOf([
    ...missing.map((id) => `${id}: the environment calls for it, and the config does not`),
    ...leftOut.map((id) => `${id}: left out on request`),
    ...notAssessed,
    ...notExercised.map((action) => `${action}: granted, and not tried`),
  ]);
}

/** Remains of the run in the bucket. */
export function leftBehind({ leftovers, locked }: Verification): Markup {
  const kept = locked === undefined ? undefined : markup`<p>${describeLocked(locked)}</p>\n`;
  if (leftovers.length === 0) return markup`${kept ?? markup`<p>Nothing.</p>\n`}`;
  return markup`${kept}${table('Leftovers', ['Kind', 'Key', 'Why', 'How an operator removes it'], leftovers.map(rowOf))}`;
}

function rowOf({ kind, bucket, key, reason, ...rest }: Leftover): readonly string[] {
  return [kind, bucket === undefined ? key : `${bucket}/${key}`, reason, wayToRemove(rest)];
}

/** The sums that tie it to the audit. */
export function ties({ evidence }: Verification): Markup {
  const { stackSha256, configSha256 = 'none: an earlier release wrote the config' } = evidence;
  return table(
    'Sums',
    ['SHA-256 of', 'Sum'],
    [
      ['cdk.tf.json, as in the audit', stackSha256],
      ['the config', configSha256],
    ],
  );
}

function table(label: string, head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const cells = ([first = '', ...others]: readonly string[]) =>
    markup`<tr><th scope="row">${first}</th>${others.map((cell) => markup`<td><code>${cell}</code></td>`)}</tr>
`;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${head.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows.map(cells)}</tbody></table></div>
`;
}
