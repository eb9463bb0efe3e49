import { createHash } from 'node:crypto';
import { ToolkitError } from '../../../errors';
import { FAULT_KINDS, type FaultMatch, type FaultRule, type InjectedFault, MAX_LATENCY_MS } from './fault';

/** Facts about a request when its faults are chosen. */
export interface FaultSubject {
  readonly service: string;
  readonly operation: string;
  readonly host: string;
}

/** The faults of one request. */
export interface ChosenFaults {
  /** Every latency that hit it, added up by the one who waits. */
  readonly latencies: readonly InjectedFault[];
  /** At most one other fault: that of the first rule that hit. */
  readonly fault?: InjectedFault;
}

interface RuleState {
  readonly name: string;
  readonly rule: FaultRule;
  matches: number;
  hits: number;
}

/**
 * Faults on request. Rules may be changed while the account runs.
 *
 * With the same seed, rules and requests, the same requests are hit.
 */
export class Faults {
  private states: readonly RuleState[] = [];

  constructor(
    readonly seed: string,
    rules: readonly FaultRule[] = [],
  ) {
    this.set(rules);
  }

  /** Puts these rules in place of those before, and counts from the beginning. @throws {ToolkitError} `BadFaultRule` */
  set(rules: readonly FaultRule[]): void {
    for (const [index, rule] of rules.entries()) requireSound(rule, nameOf(rule, index));
    this.states = rules.map((rule, index) => ({ name: nameOf(rule, index), rule, matches: 0, hits: 0 }));
  }

  get areNone(): boolean {
    return this.states.length === 0;
  }

  clear(): void {
    this.set([]);
  }

  /** The faults of the next request. */
  choose(subject: FaultSubject): ChosenFaults {
    const latencies: InjectedFault[] = [];
    let chosen: InjectedFault | undefined;
    for (const state of this.states.filter(({ rule }) => isMatch(rule.match ?? {}, subject))) {
      state.matches += 1;
      const isLatency = state.rule.fault.kind === 'latency';
      if (!this.isHit(state) || (chosen !== undefined && !isLatency)) continue;
      state.hits += 1;
      const injected = { rule: state.name, fault: state.rule.fault };
      if (isLatency) latencies.push(injected);
      else chosen = injected;
    }
    return { latencies, ...(chosen === undefined ? {} : { fault: chosen }) };
  }

  private isHit({ name, rule, matches, hits }: RuleState): boolean {
    const { from = 1, times = Number.POSITIVE_INFINITY, probability = 1 } = rule;
    return matches >= from && hits < times && (probability === 1 || chance(this.seed, name, matches) < probability);
  }
}

function nameOf({ name }: FaultRule, index: number): string {
  return name ?? `#${index + 1}`;
}

function isMatch({ service, operation, host }: FaultMatch, subject: FaultSubject): boolean {
  return (
    (service === undefined || service === subject.service) &&
    isLike(operation, subject.operation) &&
    isLike(host?.toLowerCase(), subject.host.toLowerCase())
  );
}

function isLike(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`, 's').test(text);
}

function requireSound({ from = 1, times = 1, probability = 1, fault }: FaultRule, name: string): void {
  if (!FAULT_KINDS.includes(fault.kind)) {
    const rule = `must be one of ${FAULT_KINDS.join(', ')}`;
    throw new ToolkitError('BadFaultRule', `'kind' of the fault rule '${name}' ${rule}, got: ${fault.kind}`);
  }
  requireNumber(name, { key: 'from', value: from, isSound: Number.isInteger(from) && from >= 1, rule: 'from 1' });
  requireNumber(name, { key: 'times', value: times, isSound: Number.isInteger(times) && times >= 1, rule: 'from 1' });
  const isProbability = probability >= 0 && probability <= 1;
  requireNumber(name, { key: 'probability', value: probability, isSound: isProbability, rule: 'from 0 to 1' });
  if (fault.kind !== 'latency') return;
  const isLatency = fault.latencyMs >= 0 && fault.latencyMs <= MAX_LATENCY_MS;
  const rule = `from 0 to ${MAX_LATENCY_MS}`;
  requireNumber(name, { key: 'latencyMs', value: fault.latencyMs, isSound: isLatency, rule });
}

interface Checked {
  readonly key: string;
  readonly value: number;
  readonly isSound: boolean;
  readonly rule: string;
}

function requireNumber(name: string, { key, value, isSound, rule }: Checked): void {
  if (!isSound) {
    throw new ToolkitError(
      'BadFaultRule',
      `'${key}' of the fault rule '${name}' must be a number ${rule}, got: ${value}`,
    );
  }
}

/** A number from 0 up to, not including, 1. It follows from its seeds alone, so that a run can be repeated. */
function chance(...seeds: readonly (string | number)[]): number {
  return createHash('sha256').update(seeds.join('\n')).digest().readUIntBE(0, 6) / 2 ** 48;
}
