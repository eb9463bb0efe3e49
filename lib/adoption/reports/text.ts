import type { RenderOptions } from '../../audit/reports/render-options';
import { joinSections } from '../../text-layout';
import { visible } from '../../visible';
import {
  type Adoption,
  type AdoptionItem,
  type AdoptionVerdict,
  type ObjectGroup,
  type SeenObjects,
  VERDICTS,
} from '../adoption';

type Paint = RenderOptions['paint'];

/** A person's word for each verdict. */
export const TITLES: Readonly<Record<AdoptionVerdict, string>> = {
  blocks: 'In the way',
  loses: 'Lost',
  'locks-out': 'Locked out',
  unknown: 'Not known',
  'lets-in': 'Let in',
  loosens: 'Loosened',
  stays: 'Left as it is, unknown to the stack',
  tightens: 'Tightened',
  same: 'The same',
};

const COLOURS: Partial<Record<AdoptionVerdict, 'red' | 'yellow'>> = {
  blocks: 'red',
  loses: 'red',
  'locks-out': 'red',
  unknown: 'yellow',
  'lets-in': 'yellow',
  loosens: 'yellow',
};

/** The result of an adoption, for a person. */
export function renderAdoption(adoption: Adoption, paint: Paint): string {
  const { environment, account, region, bucket, imports, makes, items, simulated } = adoption;
  const sections = [
    [
      paint(visible(`Taking over ${environment}: ${bucket} in ${region}, account ${account}`), 'bold'),
      ...(simulated ? ['  a simulated account answered'] : []),
    ],
    [`  imports  ${imports.join(', ') || 'nothing'}`, `  makes    ${makes.join(', ') || 'nothing'}`],
    ...VERDICTS.map((verdict) => sectionOf(verdict, items, paint)),
    objectLines(adoption),
    ['Not assessed', ...adoption.notAssessed.map((one) => `  ${one}`)],
    [paint(verdictLine(adoption), adoption.verdict === 'pass' ? 'green' : 'red')],
  ];
  return joinSections(sections);
}

function sectionOf(verdict: AdoptionVerdict, items: readonly AdoptionItem[], paint: Paint): readonly string[] {
  const own = items.filter((one) => one.verdict === verdict);
  if (own.length === 0) return [];
  const colour = COLOURS[verdict];
  return [colour === undefined ? TITLES[verdict] : paint(TITLES[verdict], colour), ...own.flatMap(itemLines)];
}

function itemLines({ id, was, is, detail, accepted }: AdoptionItem): readonly string[] {
  const standing = accepted === undefined ? '' : ` (accepted by ${accepted.owner} until ${accepted.expires})`;
  const values = was === '' && is === '' ? [] : [`      ${was || '(none)'}  ->  ${is || '(none)'}`];
  return [`  ${id}${standing}`, ...values, `      ${detail}`].map(visible);
}

function objectLines({ objects }: Adoption): readonly string[] {
  if (objects === undefined) return [];
  const lines = objects.groups.map((group) => visible(`  ${group.count}  ${encryptionOf(group)}`));
  return [`Objects: ${sampleOf(objects)}`, ...lines];
}

/** How much of the bucket was looked at. */
export function sampleOf({ listedVersions, isCutOff, sampled }: SeenObjects): string {
  return `${listedVersions}${isCutOff ? ' and more' : ''} versions listed, ${sampled} looked at`;
}

/** How the objects of a group are encrypted. */
export function encryptionOf({ method, keyArn, bucketKey, archive }: ObjectGroup): string {
  const archived = archive === undefined ? '' : `, archived (${archive})`;
  return `${method}${keyArn === undefined ? '' : ` ${keyArn}`}${bucketKey ? ', bucket key' : ''}${archived}`;
}

/** A line: what still keeps it from being done. */
export function verdictLine({ verdict, items, doubts }: Adoption): string {
  const blocked = items.filter((one) => one.verdict === 'blocks').length;
  const open = items.filter((one) => ['loses', 'locks-out', 'unknown'].includes(one.verdict) && !one.accepted).length;
  if (verdict === 'pass') return 'PASS: nothing is lost that nobody answers for';
  if (doubts.length > 0) return `FAIL: ${doubts.join('; ')}`;
  return `FAIL: ${blocked} in the way, ${open} lost, locked out or not known that nobody accepted`;
}
