import { findVariableProblem, parseTemplate } from '../match/policy-variables';
import { COLON } from '../match/wildcard';
import { badPolicy, type PolicyLocation } from './policy-location';

const ACTION = /^(?:\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+)$/;
const ARN_SEGMENTS = 6;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
export function requireActionPattern(text: string, at: PolicyLocation): void {
  if (!ACTION.test(text)) throw badPolicy(at, "must be '*' or a service and an action, as in 's3:GetObject'", text);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
export function requireResourcePattern(text: string, hasVariables: boolean, at: PolicyLocation): void {
  if (text === '*') return;
  if (hasVariables) requireVariablesInResourcePart(text, at);
  const segments = text.split(':');
  const isArn =
    segments[0] === 'arn' && (segments.length >= ARN_SEGMENTS || (segments.length > 3 && text.endsWith('*')));
  if (!isArn) throw badPolicy(at, "must be '*' or an ARN", text);
  if (!/^[A-Za-z0-9-]+$/.test(segments[2] ?? '')) {
    throw badPolicy(at, 'the service segment of an ARN must be a service, without wildcards', text);
  }
}

/** The fewest segments of an ARN that is cut short: it names its service. */
const LEAST_SEGMENTS = 3;

/**
 * An ARN that is cut short, as in `arn:aws:s3`, with a wildcard for each segment that is missing: a policy of an identity
 * may leave them out, one of a session may not, and of other policies AWS says nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function completeArn(text: string): string {
  if (!text.startsWith('arn:') || text.endsWith('*')) return text;
  const missing = ARN_SEGMENTS - text.split(':').length;
  return missing > 0 && missing <= ARN_SEGMENTS - LEAST_SEGMENTS ? text + ':*'.repeat(missing) : text;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-resourceelement */
function requireVariablesInResourcePart(text: string, at: PolicyLocation): void {
  requireVariables(text, at);
  let colons = 0;
  for (const part of parseTemplate(text, { hasVariables: true, hasWildcards: false })) {
    if (part.kind === 'codes') colons += part.codes.filter((code) => code === COLON).length;
    else if (colons < ARN_SEGMENTS - 1) {
      throw badPolicy(at, 'policy variables may stand only after the fifth colon of an ARN', text);
    }
  }
}

export function requireVariables(text: string, at: PolicyLocation): void {
  const problem = findVariableProblem(text);
  if (problem !== undefined) throw badPolicy(at, problem, text);
}
