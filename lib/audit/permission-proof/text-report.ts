import { joinSections, section } from '../../text-layout';
import { describeTool } from '../../tool';
import { visibleThroughout } from '../../visible';
import { describeCircumstances } from './describe';
import type { Proof, ProofEvidence, ProofItem } from './proof';

export interface TextReportOptions {
  readonly paint: (text: string, style: 'green' | 'red' | 'bold') => string;
}

const ROLE = 'the role';
const ALSO: ReadonlySet<ProofItem['kind']> = new Set(['nothing', 'in-use', 'valid']);

/** The proof for a person. Ends with a line feed. */
export function renderProofText(given: Proof, { paint }: TextReportOptions): string {
  const proof = visibleThroughout(given);
  const { counts, items, verdict, notAssessed } = proof;
  const right = items.filter(({ result }) => result === 'pass');
  const wrong = items.filter(({ result }) => result === 'fail');
  const permissions = right.filter(({ kind }) => kind === 'permission');
  const sections = [
    headline(proof, paint),
    section('The role may', permissionLines(permissions.filter(({ evidence }) => evidence.caller === ROLE))),
    section('Looked at one policy at a time, and for others', permissions.flatMap(describeOther)),
    section('Refused', right.filter(({ kind }) => kind === 'refusal').map(describeRefusal)),
    section(
      'Also',
      right.filter(({ kind }) => ALSO.has(kind)).map(({ title }) => `  ${title}`),
    ),
    section(paint('Wrong', 'red'), wrong.flatMap(describeFailure)),
    section('Not known', items.filter(({ result }) => result === 'unknown').flatMap(describeFailure)),
    section(
      'Not assessed',
      notAssessed.map((line) => `  ${line}`),
    ),
    [
      `${paint(verdict.toUpperCase(), verdict === 'pass' ? 'green' : 'red')}: ${counts.pass} of ${counts.total} claims hold`,
    ],
  ];
  return joinSections(sections);
}

function headline(
  { environment, counts, catalogue, tool }: Proof,
  paint: TextReportOptions['paint'],
): readonly string[] {
  const known = counts.knownActions.toLocaleString('en');
  const asked = counts.decisions.toLocaleString('en');
  return [
    paint(`${environment}: of ${known} actions known to AWS, this role can use ${counts.usableActions}`, 'bold'),
    `Actions of ${catalogue.name} ${catalogue.version}; ${asked} requests evaluated`,
    ...(tool === undefined ? [] : [`Judged by ${describeTool(tool)}`]),
  ];
}

/** Actions that are allowed on the same resources, in the same circumstances and by the same statements share a block. */
function permissionLines(items: readonly ProofItem[]): readonly string[] {
  const blocks = new Map<string, string[]>();
  for (const { evidence } of items) {
    const key = blockOf(evidence).join('\n');
    blocks.set(key, [...(blocks.get(key) ?? []), ...evidence.actions]);
  }
  return [...blocks].flatMap(([block, actions]) => [...actions.map((action) => `  ${action}`), block]);
}

function blockOf({ on, onlyIf, by }: ProofEvidence): readonly string[] {
  return [
    `      on       ${on.join(', ')}`,
    ...onlyIf.map(
      ({ facet, only }, index) => `      ${index === 0 ? 'only if' : '       '}  ${facet}: ${only.join(' or ')}`,
    ),
    `      by       ${by.map(({ policy, statement }) => `${statement} of ${policy}`).join(', ')}`,
  ];
}

function describeOther({ title, evidence: { caller, onlyIf } }: ProofItem): readonly string[] {
  if (caller === ROLE) return [];
  return [`  ${title}`, ...(onlyIf.length === 0 ? [] : [`      only if  ${describeCircumstances(onlyIf)}`])];
}

function describeRefusal({ title, evidence: { by } }: ProofItem): string {
  const names = by.map(({ policy, statement }) => `${statement} of ${policy}`).join(', ');
  return `  ${title}: ${names === '' ? 'nothing allows it' : names}`;
}

function describeFailure({ title, evidence }: ProofItem): readonly string[] {
  return [
    `  ${title}`,
    `      ${evidence.problem}`,
    ...(evidence.resource === '*' ? [] : [`      seen with ${evidence.actions[0]} on ${evidence.resource}`]),
  ];
}
