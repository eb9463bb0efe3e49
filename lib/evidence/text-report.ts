import { joinSections, section } from '../text-layout';
import { visible } from '../visible';
import type {
  CheckedFile,
  EvidenceVerification,
  FileResult,
  Link,
  LinkResult,
  StatedVerdict,
} from './evidence-verification';

export interface TextReportOptions {
  readonly paint: (text: string, style: 'green' | 'red' | 'bold') => string;
}

const FILE_WORDS: Readonly<Record<FileResult, string>> = {
  intact: 'intact',
  changed: 'CHANGED',
  missing: 'MISSING',
  extra: 'EXTRA',
};
const LINK_WORDS: Readonly<Record<LinkResult, string>> = {
  same: 'yes',
  different: 'NO',
  'not-said': 'NOT SAID',
  'not-there': 'nothing to compare',
};

/** The verification of an evidence folder for a person. Ends with a line feed. */
export function renderEvidenceText(verification: EvidenceVerification, { paint }: TextReportOptions): string {
  const { verdict, counts, files, links, stated, manifestSha256 } = verification;
  const sections = [
    section(paint('Files', 'bold'), files.map(fileLine)),
    section(paint('Do they belong together', 'bold'), links.flatMap(linkLines)),
    section(paint('What they say', 'bold'), stated.map(statedLine)),
    [
      `SHA-256 of manifest.json: ${manifestSha256}`,
      `${paint(verdict.toUpperCase(), verdict === 'pass' ? 'green' : 'red')}: ${counts.intact} of ${counts.total} files intact`,
    ],
  ];
  return joinSections(sections);
}

function fileLine({ name, result }: CheckedFile): string {
  return `  ${FILE_WORDS[result].padEnd(7)}  ${name}`;
}

function linkLines({ title, result, at, expected, found }: Link): readonly string[] {
  const line = `  ${title}: ${LINK_WORDS[result]}`;
  if (result !== 'different') return [line];
  const facts = [
    ['at      ', at],
    ['expected', expected],
    ['found   ', found],
  ] as const;
  return [line, ...facts.flatMap(([name, text]) => (text === undefined ? [] : `      ${name} ${visible(text)}`))];
}

function statedLine({ name, verdict, simulated }: StatedVerdict): string {
  return `  ${name}: ${verdict}${simulated ? ' (simulated)' : ''}`;
}
