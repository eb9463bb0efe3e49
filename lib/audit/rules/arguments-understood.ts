import { doubt, listing, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { blocksOf } from '../stack/argument';
import { isSaid } from '../stack/said';
import type { StackResource } from '../stack/stack-document';
import { EVERY_ARGUMENT, UNDERSTOOD, UNDERSTOOD_OF_ALL, UNDERSTOOD_OF_LIFECYCLE } from '../understood/arguments';

export const argumentsUnderstood: Rule = {
  id: 'arguments-understood',
  title: 'Every argument is one that the audit knows',
  rationale: 'An argument that nobody looked at may undo what another one says.',
  reads: 'the arguments, blocks and meta-arguments of every resource',
  remedy: 'Look at the argument yourself, then waive the finding; or say the same with a resource of its own.',
  controls: { nist80053r5: ['CM-8', 'CM-6'] },
  check: ({ stack, place }) => {
    const known = stack.resources.filter(({ type }) => UNDERSTOOD[type] !== undefined);
    const found = known.flatMap((resource) => {
      const strange = strangeArguments(resource, place.region);
      return strange.length === 0 ? [] : [doubt(resource.address, `what ${listing(strange)} says is not read here`)];
    });
    return found.length > 0 ? found : [pass('stack', `the arguments of ${known.length} resources`)];
  },
};

function strangeArguments({ type, arguments: given }: StackResource, region: string | undefined): readonly string[] {
  const understood = [...UNDERSTOOD_OF_ALL, ...(UNDERSTOOD[type] ?? [])];
  const isStrange = (name: string, value: unknown) =>
    isSaid(value) && !understood.includes(name) && !understood.includes(EVERY_ARGUMENT);
  return Object.entries(given).flatMap(([name, value]) => {
    if (name === 'lifecycle') return strangeInLifecycle(value);
    // Since version 6 of the provider every resource repeats its region.
    if (name === 'region' && value === region) return [];
    return isStrange(name, value) ? [`'${name}'`] : [];
  });
}

function strangeInLifecycle(value: unknown): readonly string[] {
  const blocks = blocksOf(value);
  if (blocks.state !== 'known') return blocks.state === 'absent' ? [] : ["'lifecycle'"];
  const names = blocks.value.flatMap((block) =>
    Object.entries(block).flatMap(([name, one]) => (isSaid(one) ? [name] : [])),
  );
  return names.filter((name) => !UNDERSTOOD_OF_LIFECYCLE.includes(name)).map((name) => `'lifecycle.${name}'`);
}
