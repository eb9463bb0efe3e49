import { findingsOf } from '../../lib/audit/find';
import type { Finding } from '../../lib/audit/report/audit-report';
import { RULES } from '../../lib/audit/rules';
import type { StackDocument } from '../../lib/audit/stack/stack-document';
import type { Given } from '../../lib/audit/subject/place';
import { readSubject } from '../../lib/audit/subject/read-subject';
import { applyGeneratedWaivers } from '../../lib/audit/waivers/generated-waivers';
import type { Catalogue } from '../../lib/catalogue';

/** What one rule finds, as an audit has it. A rule that does not look at the proof needs none: that takes most of an audit. */
export function findingsBy(id: string, stack: StackDocument, catalogue: Catalogue, given: Given = {}) {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule '${id}'`);
  const subject = readSubject(stack, catalogue, { asOf: '2026-11-25', ...given });
  const { declaration } = subject;
  const method = declaration.state === 'known' ? declaration.value.method : undefined;
  return applyGeneratedWaivers(findingsOf(subject, [rule]), 'x', method);
}

export const isOpen = ({ result, waiver }: Finding) =>
  (result === 'fail' || result === 'unknown') && waiver === undefined;
