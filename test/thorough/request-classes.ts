import { selectChecks } from '../../lib/verify/run/selection';
import type { DeployedEnvironment } from '../verify/deployed-environment';
import {
  isJudged,
  isSameOperation,
  lookOf,
  objectWrittenBy,
  type SeenRequest,
  watchVerification,
} from './seen-request';

/** Requests that are alike for whoever makes them, and one of them that stands for all. */
export interface RequestClass {
  readonly name: string;
  readonly request: SeenRequest;
  /** The checks of the verification that makes the request. */
  readonly checks: readonly string[];
  /** Its number among the requests of the same operation there, counted from 1. */
  readonly number: number;
}

interface Run {
  readonly checks: readonly string[];
  /** Whether they are all about what must be refused. */
  readonly isNegative: boolean;
  readonly seen: readonly SeenRequest[];
}

/** Every class of the requests that a verification makes, read from runs of as few checks as make it. */
export async function requestClasses(live: DeployedEnvironment): Promise<readonly RequestClass[]> {
  const negatives = new Set(selectionOf(live).negatives.map(({ id }) => id));
  const watch = async (checks: readonly string[]): Promise<Run> => ({
    checks,
    isNegative: checks.every((id) => negatives.has(id)),
    seen: await watchVerification(live, { without: allBut(live, checks) }),
  });
  const classes = new Map<string, RequestClass>();
  const add = (run: Run, request: SeenRequest, name: string) => {
    if (!classes.has(name)) classes.set(name, classOf(run, request, name));
  };
  const alone: Run[] = [];
  for (const check of checksOf(live)) alone.push(await watch([check]));
  for (const run of alone) for (const request of run.seen) add(run, request, nameOf(run, request));
  for (const [object, checks] of sharedObjects(alone, live)) {
    const run = await watch(checks);
    const writes = run.seen.filter((request) => objectWrittenBy(request, live) === object);
    for (const [index, request] of writes.entries()) {
      add(run, request, `${object} for ${checks.length} checks, request ${index + 1} of ${writes.length}`);
    }
  }
  return [...classes.values()];
}

/** Checks that a run of these alone leaves out. */
export function allBut(live: DeployedEnvironment, checks: readonly string[]): readonly string[] {
  return checksOf(live).filter((id) => !checks.includes(id));
}

function selectionOf({ config }: DeployedEnvironment) {
  return selectChecks({ permissions: config.permissions });
}

function checksOf(live: DeployedEnvironment): readonly string[] {
  const { positives, negatives } = selectionOf(live);
  return [...positives, ...negatives].map(({ id }) => id);
}

function classOf({ checks, seen }: Run, request: SeenRequest, name: string): RequestClass {
  const number = seen
    .slice(0, seen.indexOf(request) + 1)
    .filter(({ entry }) => isSameOperation(entry, request.entry)).length;
  return { name, request, checks, number };
}

/**
 * A check judges each of its answers in its own way, so each of its requests is a class. Repeating what passed, telling
 * who asks and cleaning up are the same code for all checks, as is trying, before anything forbidden, whether the other
 * side checks as AWS does.
 */
function nameOf({ checks, isNegative, seen }: Run, request: SeenRequest): string {
  const { phase, entry } = request;
  if (phase === 'again') return lookOf(request);
  if (phase === 'positive' && isNegative) return `enforcement, ${lookOf(request)}, ${timesSeen(seen, request)}`;
  const ofPhase = seen.filter((one) => one.phase === phase);
  const place = `request ${ofPhase.indexOf(request) + 1} of ${ofPhase.length}`;
  return `${isJudged(request) ? checks.join() : phase}, ${place}: ${entry.eventName}`;
}

/** How often a request of that look was made by then, itself included. */
function timesSeen(seen: readonly SeenRequest[], request: SeenRequest): number {
  return seen.slice(0, seen.indexOf(request) + 1).filter((one) => lookOf(one) === lookOf(request)).length;
}

/** Objects that several checks look at: where writing one fails, it fails for all of them. */
function sharedObjects(alone: readonly Run[], live: DeployedEnvironment): ReadonlyMap<string, readonly string[]> {
  const checksByObject = new Map<string, readonly string[]>();
  for (const { checks, seen } of alone) {
    const objects = new Set(seen.flatMap((request) => objectWrittenBy(request, live) ?? []));
    for (const object of objects) checksByObject.set(object, [...(checksByObject.get(object) ?? []), ...checks]);
  }
  return new Map([...checksByObject].filter(([, checks]) => checks.length > 1));
}
