import * as fc from 'fast-check';
import { ToolkitError } from '../../lib/errors';
import {
  type AccessPolicies,
  type AccessRequest,
  type ControlPolicies,
  evaluate,
  explain,
  isPublicPolicy,
  type Policy,
  type PolicyKind,
  parsePolicy,
  printPolicy,
} from '../../lib/iam';
import { runsOf } from '../support/property-runs';
import { accessPolicies, documents, limits, requests, statementsOf } from './arbitraries';
import { mutilated } from './mutilate';
import { policy, request, type StatementDocument } from './requests';

/** A failure prints this seed, the path to the case and the case itself. */
fc.configureGlobal({ seed: 20_261_124, numRuns: runsOf(200) });

const isAllowed = (asked: AccessRequest, policies: AccessPolicies): boolean =>
  evaluate(asked, policies).result === 'allowed';

type LayerName = 'identity' | 'boundary' | 'session' | 'resource' | 'key' | 'scps' | 'rcps' | 'endpoint';
type StatementForm = keyof typeof statementsOf;

const FORMS: Readonly<Record<LayerName, StatementForm>> = {
  identity: 'plain',
  boundary: 'plain',
  session: 'plain',
  scps: 'plain',
  resource: 'naming',
  key: 'naming',
  rcps: 'everyone',
  endpoint: 'everyone',
};
const LAYER_NAMES = Object.keys(FORMS) as readonly LayerName[];

/** The same policies, with each policy of one layer changed. */
function change(policies: AccessPolicies, layer: LayerName, edit: (policy: Policy) => Policy): AccessPolicies {
  const given = policies[layer];
  if (given === undefined) return policies;
  if ('levels' in given) return { ...policies, [layer]: changeLevels(given, edit) };
  return { ...policies, [layer]: 'statements' in given ? edit(given) : given.map(edit) };
}

function changeLevels(given: ControlPolicies, edit: (policy: Policy) => Policy): ControlPolicies {
  return { ...given, levels: given.levels.map((level) => level.map(edit)) };
}

function added(policies: AccessPolicies, layer: LayerName, statement: StatementDocument): AccessPolicies {
  const more = policy('more', { Sid: 'Added', ...statement }).statements;
  return change(policies, layer, (given) => ({ ...given, statements: [...given.statements, ...more] }));
}

function additions(effect: 'Allow' | 'Deny') {
  return fc
    .constantFrom(...LAYER_NAMES)
    .chain((layer) => fc.tuple(fc.constant(layer), statementsOf[FORMS[layer]](fc.constant(effect))));
}

test('each result comes up in a tenth or more of the random requests, so that the properties below mean something', () => {
  const runs = runsOf(1000);
  const results = fc
    .sample(fc.tuple(requests, accessPolicies), runs)
    .map(([asked, policies]) => evaluate(asked, policies).result);
  const isFrequent = (result: string) => results.filter((each) => each === result).length >= runs / 10;
  const frequent = [...new Set(results)].filter(isFrequent);
  expect(frequent.sort()).toEqual(['allowed', 'explicitly-denied', 'implicitly-denied']);
});

describe('more statements', () => {
  test('one more Deny never allows more', () => {
    fc.assert(
      fc.property(requests, accessPolicies, additions('Deny'), (asked, policies, [layer, statement]) => {
        expect(isAllowed(asked, policies) || !isAllowed(asked, added(policies, layer, statement))).toBe(true);
      }),
    );
  });

  test('one more Allow never denies more, except where it makes a bucket policy public that S3 then restricts', () => {
    fc.assert(
      fc.property(requests, accessPolicies, additions('Allow'), (asked, policies, [layer, statement]) => {
        const more = added(policies, layer, statement);
        fc.pre(!(more.publicAccessBlock?.restrictPublicBuckets && more.resource && isPublicPolicy(more.resource)));
        expect(isAllowed(asked, more) || !isAllowed(asked, policies)).toBe(true);
      }),
    );
  });

  test('a Deny of everything to everyone leaves only the root user’s access to its bucket policy', () => {
    fc.assert(
      fc.property(requests, accessPolicies, (asked, policies) => {
        const grantor = asked.action.startsWith('kms:') ? 'key' : 'resource';
        const closed = policy('closed', { Sid: 'Closed', Effect: 'Deny', Principal: '*' });
        const isHold = asked.principal.kind === 'root' && asked.action === 's3:PutBucketPolicy';
        const result = evaluate(asked, { ...policies, [grantor]: closed }).result;
        expect(isHold || result === 'explicitly-denied').toBe(true);
      }),
    );
  });
});

test.each(Object.keys(limits) as readonly (keyof typeof limits)[])('a %s never widens', (layer) => {
  fc.assert(
    fc.property(requests, accessPolicies, limits[layer], (asked, policies, limit) => {
      const { [layer]: _, ...without } = policies;
      expect(isAllowed(asked, without) || !isAllowed(asked, { ...without, [layer]: limit })).toBe(true);
    }),
  );
});

describe('order', () => {
  const reversed = <T>(list: readonly T[]): T[] => [...list].reverse();
  const turned = (given: Policy): Policy => ({
    ...given,
    statements: reversed(given.statements).map((statement) => ({
      ...statement,
      actions: { ...statement.actions, patterns: reversed(statement.actions.patterns) },
      ...(statement.resources && {
        resources: { ...statement.resources, patterns: reversed(statement.resources.patterns) },
      }),
      conditions: reversed(statement.conditions).map((each) => ({ ...each, values: reversed(each.values) })),
    })),
  });

  /** A decision without the order of the statements that it names. */
  function outcome(asked: AccessRequest, policies: AccessPolicies): unknown {
    const decision = evaluate(asked, policies);
    return 'by' in decision ? [decision.result, decision.by.map((each) => JSON.stringify(each)).sort()] : decision;
  }

  test('of statements, lists, conditions and policies does not matter', () => {
    fc.assert(
      fc.property(requests, accessPolicies, (asked, policies) => {
        const inside = LAYER_NAMES.reduce((given, layer) => change(given, layer, turned), policies);
        const outside: AccessPolicies = {
          ...inside,
          identity: reversed(inside.identity),
          ...(inside.session && { session: reversed(inside.session) }),
        };
        expect(outcome(asked, outside)).toEqual(outcome(asked, policies));
      }),
    );
  });
});

describe('case', () => {
  const flipped = (text: string): string =>
    [...text].map((each) => (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase())).join('');

  test('of actions and of condition keys does not matter', () => {
    fc.assert(
      fc.property(requests, accessPolicies, (asked, policies) => {
        const context = Object.fromEntries(Object.entries(asked.context).map(([key, value]) => [flipped(key), value]));
        const inOtherCase = { ...asked, action: flipped(asked.action), context };
        expect(evaluate(inOtherCase, policies)).toEqual(evaluate(asked, policies));
      }),
    );
  });

  test('of resources and of values does', () => {
    const keys = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(keys, (key) => {
        const resource = `arn:aws:s3:::acme/${key}`;
        const condition = { StringEquals: { 's3:prefix': key } };
        const identity = [policy('identity', { Effect: 'Allow', Resource: resource, Condition: condition })];
        const ask = (name: string, prefix: string) =>
          isAllowed(request({ resource: `arn:aws:s3:::acme/${name}`, context: { 's3:prefix': prefix } }), { identity });
        expect([ask(key, key), ask(flipped(key), key), ask(key, flipped(key))]).toEqual([true, false, false]);
      }),
    );
  });
});

test('a wildcard pattern matches what the same regular expression matches', () => {
  const patterns = fc.stringMatching(/^[ab*?.]{0,10}$/);
  fc.assert(
    fc.property(patterns, fc.stringMatching(/^[ab.]{0,10}$/), (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`);
      const identity = [policy('identity', { Effect: 'Allow', Condition: { StringLike: { 's3:prefix': pattern } } })];
      expect(isAllowed(request({ context: { 's3:prefix': text } }), { identity })).toBe(expression.test(text));
    }),
  );
});

test.each(['plain', 'naming', 'everyone'] as const)('a policy with %s statements survives being printed', (form) => {
  fc.assert(
    fc.property(documents(statementsOf[form]()), (document) => {
      const parsed = parsePolicy(document, 'acme');
      const printed = printPolicy(parsed);
      expect(parsePolicy(JSON.stringify(printed), 'acme')).toEqual(parsed);
      expect(printPolicy(parsePolicy(printed, 'acme'))).toEqual(printed);
    }),
  );
});

test('an explanation gives the decision, marks the statements behind it, and gives a reason for every other one', () => {
  const reasons = new Set(['action', 'resource', 'principal', 'condition']);
  fc.assert(
    fc.property(requests, accessPolicies, (asked, policies) => {
      const { decision, statements } = explain(asked, policies);
      expect(decision).toEqual(evaluate(asked, policies));
      const deciding = statements.filter((each) => each.matched && each.decides);
      expect(new Set(deciding.map(({ policy: name, statement }) => `${name} ${statement}`))).toEqual(
        new Set('by' in decision ? decision.by.map(({ policy: name, statement }) => `${name} ${statement}`) : []),
      );
      expect(statements.every((each) => each.matched || reasons.has(each.reason))).toBe(true);
    }),
  );
});

describe('mutilated policies', () => {
  const cases = fc.oneof(
    fc.tuple(fc.constant<PolicyKind>('identity'), mutilated(documents(statementsOf.plain()))),
    fc.tuple(fc.constantFrom<PolicyKind>('resource', 'resource', 'trust'), mutilated(documents(statementsOf.naming()))),
  );

  /** The evaluator's decision on a document, or the code of its refusal. */
  function fateOf(document: unknown, kind: PolicyKind, asked: AccessRequest): string {
    try {
      const parsed = parsePolicy(document, 'mutilated', { kind });
      const { decision } = explain(
        asked,
        kind === 'identity' ? { identity: [parsed] } : { identity: [], resource: parsed },
      );
      return decision.result;
    } catch (error) {
      if (error instanceof ToolkitError) return error.code;
      throw error;
    }
  }

  test('are evaluated or refused, and never break the evaluator', () => {
    const fates = new Map<string, number>();
    fc.assert(
      fc.property(cases, requests, ([kind, document], asked) => {
        const fate = fateOf(document, kind, asked);
        fates.set(fate, (fates.get(fate) ?? 0) + 1);
      }),
      { numRuns: runsOf(10_000) },
    );
    expect([...fates.keys()].sort()).toEqual([
      'BadPolicy',
      'UnsupportedPolicy',
      'allowed',
      'explicitly-denied',
      'implicitly-denied',
    ]);
  });
});
