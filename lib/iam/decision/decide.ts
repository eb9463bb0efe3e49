import type { AccessPolicies, AccessRequest, DecidingStatement, Decision } from '../types';
import type { Answer } from './layers';
import { isSession, type Route, type RouteStep, routesOf } from './routes';

/**
 * The actions that a bucket's root user keeps, whatever the bucket policy denies.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
const NEVER_LOCKED_OUT: ReadonlySet<string> = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
]);

/** A decision, with the answers that made it; none for an implicit denial. */
export interface Verdict {
  readonly decision: Decision;
  readonly deciding: readonly Answer[];
}

/** How far a route led: every allow on it, and the layer that ended it, if one did. */
interface Walk {
  readonly allows: readonly Answer[];
  readonly steps: number;
  readonly missing?: RouteStep;
}

/**
 * Combines what the statements answered: a denial decides; else the first route on which every layer allows.
 *
 * @param routes - those of the request under these policies, where they are known
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function decide(
  request: AccessRequest,
  answers: readonly Answer[],
  policies: AccessPolicies,
  routes?: readonly Route[],
): Verdict {
  if (isUncontrolled(request)) return toVerdict('allowed', []);
  const denials = answers.filter((answer) => isDenial(answer, request));
  if (denials.length > 0) return toVerdict('explicitly-denied', denials);
  const walks = (routes ?? routesOf(request, policies)).map((route) => walk(route, answers));
  const through = walks.find(({ missing }) => missing === undefined);
  if (through !== undefined) return toVerdict('allowed', through.allows);
  return { decision: implicitDenial(furthest(walks)), deciding: [] };
}

/** Whether an answer denies the request, whatever else is answered. */
export function denies(request: AccessRequest, answer: Answer): boolean {
  return isDenial(answer, request) && !isUncontrolled(request);
}

function isDenial(answer: Answer, request: AccessRequest): boolean {
  return answer.effect === 'Deny' && answer.outcome.matched && !isLockout(answer, request);
}

/**
 * Whether no policy decides the action, not even a denial: everybody of an account may ask who they are, and a user or
 * the root user may get a session of their own.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
 */
function isUncontrolled({ principal, action }: AccessRequest): boolean {
  if (!('account' in principal)) return false;
  const name = action.toLowerCase();
  return name === 'sts:getcalleridentity' || (name === 'sts:getsessiontoken' && !isSession(principal));
}

/** A bucket policy cannot keep the root user of its own account from replacing it. */
function isLockout({ layer }: Answer, { principal, action, resourceAccount }: AccessRequest): boolean {
  const isOwnRoot = principal.kind === 'root' && principal.account === resourceAccount;
  return isOwnRoot && layer === 'resource' && NEVER_LOCKED_OUT.has(action.toLowerCase());
}

function walk(route: readonly RouteStep[], applying: readonly Answer[]): Walk {
  const allows: Answer[] = [];
  for (const [steps, step] of route.entries()) {
    const allowing = applying.filter((answer) => allowsStep(answer, step));
    if (allowing.length === 0) return { allows, steps, missing: step };
    allows.push(...allowing);
  }
  return { allows, steps: route.length };
}

function allowsStep({ layer, level, effect, outcome }: Answer, step: RouteStep): boolean {
  if (layer !== step.layer || level !== step.level || effect !== 'Allow') return false;
  return outcome.matched && step.admissions.includes(outcome.admission);
}

/** The route that came furthest; among equals the last, which is the ordinary one. */
function furthest(walks: readonly Walk[]): RouteStep | undefined {
  return walks.reduce((left, right) => (right.steps >= left.steps ? right : left)).missing;
}

function implicitDenial(step: RouteStep | undefined): Decision {
  const missing = step?.layer ?? 'identity';
  return step?.level === undefined
    ? { result: 'implicitly-denied', missing }
    : { result: 'implicitly-denied', missing, level: step.level };
}

function toVerdict(result: 'allowed' | 'explicitly-denied', deciding: readonly Answer[]): Verdict {
  return { decision: { result, by: deciding.map(toDecidingStatement) }, deciding };
}

function toDecidingStatement({ layer, level, policy, statement }: Answer): DecidingStatement {
  return level === undefined ? { layer, policy, statement } : { layer, policy, statement, level };
}
