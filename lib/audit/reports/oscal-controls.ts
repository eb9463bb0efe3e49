import type { Finding } from '../report/audit-report';
import { CONTROL_CATALOGUES, controlIdsOf } from './control-catalogues';

const NIST_ID = /^([A-Z]{2}-\d+)(?:\((\d+)\))?$/;

/** A control of NIST SP 800-53 and what was found out about it. */
export interface AssessedControl {
  /** As NIST writes it, `AC-17(2)`. */
  readonly label: string;
  /** As OSCAL's catalog of it calls the control, `ac-17.2`. */
  readonly id: string;
  readonly findings: readonly Finding[];
}

/**
 * The controls that the stack itself has an answer for: what is inherited or does not apply assesses nothing.
 *
 * @see https://github.com/usnistgov/oscal-content/tree/main/nist.gov/SP800-53/rev5
 */
export function assessedControls(findings: readonly Finding[]): readonly AssessedControl[] {
  const decisive = findings.filter(({ result }) => ['pass', 'fail', 'unknown'].includes(result));
  const nist = CONTROL_CATALOGUES.filter(({ key }) => key === 'nist80053r5');
  const labels = nist.flatMap((catalogue) => controlIdsOf(decisive, catalogue));
  return labels.flatMap((label) => {
    const [, control, enhancement] = NIST_ID.exec(label) ?? [];
    if (control === undefined) return [];
    const id = enhancement === undefined ? control.toLowerCase() : `${control.toLowerCase()}.${enhancement}`;
    return [{ label, id, findings: decisive.filter(({ controls }) => controls.nist80053r5?.includes(label)) }];
  });
}
