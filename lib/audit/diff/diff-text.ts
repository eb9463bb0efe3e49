import { joinSections, section } from '../../text-layout';
import { describeTool } from '../../tool';
import { visible } from '../../visible';
import type { RenderOptions } from '../reports/render-options';
import type { EnvironmentDiff, PlannedLoss } from './environment-diff';

type Paint = RenderOptions['paint'];

const COLOURS = { fail: 'red', unknown: 'yellow', pass: 'green' } as const;

/** Renders the effect of a plan, for a person. */
export function renderDiff(diff: EnvironmentDiff, paint: Paint): string {
  const sections = [
    [
      paint(visible(diff.environment), 'bold'),
      ...(diff.tool === undefined ? [] : [`  judged by ${describeTool(diff.tool)}`]),
    ],
    changeLines(diff),
    section('Refused', refusalLines(diff)),
    section('Lost', diff.losses.flatMap(lossLines)),
    accessSection(diff),
    section(
      'The audit says no',
      diff.findings.flatMap(({ id, result, detail }) => [`  ${result}  ${id}`, `      ${detail}`].map(visible)),
    ),
    [paint(verdictLine(diff), COLOURS[diff.verdict])],
  ];
  return joinSections(sections);
}

function changeLines({ changes }: EnvironmentDiff): readonly string[] {
  if (changes === undefined) return [];
  const lines = Object.entries(changes).flatMap(([action, addresses]) =>
    addresses.map((address) => visible(`  ${action.padEnd(8)} ${address}`)),
  );
  return ['Changes', ...(lines.length === 0 ? ['  none'] : lines)];
}

function refusalLines({ refusals }: EnvironmentDiff): readonly string[] {
  return refusals.flatMap(({ refused, instead }) =>
    [`  ${refused}; instead`, ...instead.map((line) => `      ${line}`)].map(visible),
  );
}

function lossLines({ loss, detail, isCertain, evidence, accepted }: PlannedLoss): readonly string[] {
  const standing = accepted === undefined ? '' : ` (accepted by ${accepted.owner} until ${accepted.expires})`;
  const seen = evidence.map(({ at, value }) => `      seen  ${at}: ${value}`);
  return [`  ${isCertain ? '' : 'perhaps '}${loss}${standing}`, `      ${detail}`, ...seen].map(visible);
}

function accessSection({ access }: EnvironmentDiff): readonly string[] {
  if (access === undefined) return [];
  const title = `Who can do more, or less, than ${access.since === 'baseline' ? 'approved' : 'now'}`;
  if ('unknown' in access) return [title, visible(`  not known: ${access.unknown}`)];
  const more = access.gained.map(({ id, accepted }) => `  + ${id}${accepted === undefined ? '' : ', accepted'}`);
  const less = access.lost.map(({ id }) => `  - ${id}`);
  const lines = [...more, ...less];
  return [title, ...(lines.length === 0 ? ['  nobody'] : lines.map(visible))];
}

function verdictLine({ verdict, refusals, losses, findings }: EnvironmentDiff): string {
  const open = losses.filter(({ accepted }) => accepted === undefined).length;
  if (refusals.length > 0) return 'REFUSED: nothing was planned';
  const parts = [
    ...(open === 0 ? [] : [`${open} ${open === 1 ? 'loss' : 'losses'} that nobody accepted`]),
    ...(findings.length === 0
      ? []
      : [`${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} of the audit`]),
  ];
  return `${verdict.toUpperCase()}: ${parts.length === 0 ? 'nothing is lost' : parts.join(', ')}`;
}
