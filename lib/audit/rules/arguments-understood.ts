import { doubtFor, factAbout } from '../rule-kit/gathered';
import { listing, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { blocksOf } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import { isSaidInPlan, isWritten } from '../stack/said';
import type { StackResource } from '../stack/stack-document';
import { UnknownValue } from '../stack/unknown-value';
import { EVERY_ARGUMENT, UNDERSTOOD, UNDERSTOOD_OF_ALL, UNDERSTOOD_OF_LIFECYCLE } from '../understood/arguments';

export const argumentsUnderstood: Rule = {
  id: 'arguments-understood',
  title: 'Every argument is one that the audit knows',
  rationale: 'An argument that no rule reads may undo another one.',
  reads: 'the arguments, blocks and meta-arguments of every resource',
  remedy: 'Look at the argument yourself, then waive the finding; or say the same with a resource of its own.',
  controls: { nist80053r5: ['CM-8', 'CM-6'] },
  check: ({ stack, place }) => {
    const known = stack.resources.filter(({ type }) => UNDERSTOOD[type] !== undefined);
    const found = known.flatMap((resource) => {
      const strange = strangeArguments(resource, { region: place.region, isPlanned: stack.source === 'plan' });
      if (strange.length === 0) return [];
      const open = openAmong(strange, resource);
      if (open !== undefined)
        return [
          {
            ...doubtFor(resource.address, [`not known before it is applied: ${listing(strange)}`]),
            tells: open.because,
          },
        ];
      return [doubtFor(resource.address, [factAbout(strange, (names) => `what ${names} says is not read here`)])];
    });
    return found.length > 0 ? found : [pass('stack', `the arguments of ${known.length} resources`)];
  },
};

/** The block that a plan leaves open as a whole, where nothing else is strange: whatever reads it hangs on that. */
function openAmong(strange: readonly string[], { arguments: given }: StackResource): UnknownValue | undefined {
  const open = strange.map((name) => given[name.slice(1, -1)]).filter((value) => value instanceof UnknownValue);
  return open.length === strange.length ? open[0] : undefined;
}

type IsSaid = (value: unknown) => boolean;

/** A stack's text says what it writes; a plan repeats what is switched off or empty for every argument that there is. */
function strangeArguments(
  { type, arguments: given, written }: StackResource,
  { region, isPlanned }: { readonly region: string | undefined; readonly isPlanned: boolean },
): readonly string[] {
  const understood = [...UNDERSTOOD_OF_ALL, ...(UNDERSTOOD[type] ?? [])];
  if (understood.includes(EVERY_ARGUMENT)) return strangeIn(pick(given, 'lifecycle'), '', OF_LIFECYCLE, isWritten);
  // Since version 6 of the provider every resource repeats its region.
  const own = Object.fromEntries(
    Object.entries(given).filter(([name, value]) => name !== 'region' || value !== region),
  );
  const paths = [...understood, ...OF_LIFECYCLE];
  const isSaid = isPlanned || written !== undefined ? isSaidInPlan : isWritten;
  return [...new Set([...strangeIn(own, '', paths, isSaid), ...strangeIn(written ?? {}, '', paths, isWritten)])];
}

const OF_LIFECYCLE = UNDERSTOOD_OF_LIFECYCLE.map((name) => `lifecycle.${name}`);

function pick(given: Arguments, name: string): Arguments {
  return given[name] === undefined ? {} : { [name]: given[name] };
}

/** @see https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties */
const COMMENT = '//';

/** Arguments, at any depth, that no path names; a block of which nothing is named counts once. */
function strangeIn(given: Arguments, at: string, paths: readonly string[], isSaid: IsSaid): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const path = `${at}${name}`;
    if (name === COMMENT || !isSaid(value) || paths.includes(path)) return [];
    if (!paths.some((one) => one.startsWith(`${path}.`))) return [`'${path}'`];
    const blocks = blocksOf(value);
    if (blocks.state === 'unknown') return [`'${path}'`];
    return blocks.state === 'absent' ? [] : blocks.value.flatMap((one) => strangeIn(one, `${path}.`, paths, isSaid));
  });
}
