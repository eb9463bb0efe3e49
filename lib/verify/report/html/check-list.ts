import { firstOf } from '../../../audit/reports/html/first-of';
import { type Markup, markup } from '../../../audit/reports/markup';
import type { Diagnosis } from '../../result/diagnosis';
import type { CheckResult, Observation, Result } from '../../result/verification';
import { RESULT_WORDS, resultMark, TONES } from './mark';

/** Checks that did not pass, open, with evidence, cause and fix. */
export function openChecks(checks: readonly CheckResult[]): readonly Markup[] | Markup {
  const groups = [...groupOf(checks, 'fail'), ...groupOf(checks, 'inconclusive')];
  return groups.length === 0 ? markup`<p>Every check that was asked passed.</p>\n` : groups;
}

/** Checks that passed, folded, with their evidence. */
export function passedChecks(checks: readonly CheckResult[]): readonly Markup[] | Markup {
  const passed = groupOf(checks, 'pass');
  return passed.length === 0 ? markup`<p>None.</p>\n` : passed;
}

function groupOf(checks: readonly CheckResult[], wanted: Result): readonly Markup[] {
  const found = checks.filter(({ result }) => result === wanted);
  if (found.length === 0) return [];
  return [
    markup`<h3>${found.length} ${RESULT_WORDS[wanted]}</h3>
${found.map(checkDetails)}`,
  ];
}

function checkDetails(check: CheckResult): Markup {
  const {
    id,
    title,
    kind,
    result,
    detail,
    expected,
    observed,
    diagnoses = [],
    lookAt,
    controls = [],
    attempts,
  } = check;
  const tries = attempts > 1 ? `, tried ${attempts} times` : '';
  return markup`<details class="finding ${TONES[result]}" id="check-${id}"${result === 'pass' ? undefined : markup` open`}>
<summary><h4>${title}</h4> ${resultMark(result)} <code>${id}</code></summary>
<div><p>${detail}</p>
${diagnoses.map(causePart)}${lookAt === undefined ? undefined : markup`<h5>Look at</h5><p>${lookAt}</p>\n`}<h5>Expected</h5><p>${expected}</p>
${observedPart(observed)}${controlPart(controls)}<p class="over">A ${kind} check${tries}</p></div>
</details>
`;
}

function causePart({ cause, fix, inVault }: Diagnosis): Markup {
  const shown = inVault === undefined ? undefined : markup`<h5>In Vault it shows as</h5><p>${inVault}</p>\n`;
  return markup`<div class="act"><h5>Cause</h5><p>${cause}</p>
<h5>Fix</h5><p>${fix}</p>
${shown}</div>
`;
}

function observedPart(observed: readonly Observation[]): Markup | undefined {
  if (observed.length === 0) return undefined;
  const items = observed.map(
    (one) => markup`<div><dt><code>${one.call}</code></dt><dd><code>${answerOf(one)}</code></dd></div>`,
  );
  return markup`<h5>Observed</h5>${firstOf(items, 'dl', 'evidence')}`;
}

function answerOf({ answer, status, requestId, message }: Observation): string {
  const facts = [
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
  ];
  return [answer, ...facts].join(', ') + (message === undefined ? '' : `: ${message}`);
}

function controlPart(controls: readonly string[]): Markup | undefined {
  if (controls.length === 0) return undefined;
  return markup`<h5>Controls</h5><ul class="ids">${controls.map((id) => markup`<li>${id}</li>`)}</ul>
`;
}
