import type { Catalogue, CatalogueAction } from '../../catalogue';
import type { Policy, Statement } from '../../iam';
import { compileActions } from '../../iam/statements/elements';

/** Whether some statement of these policies names an action, whatever its effect, its resources and its conditions. */
export type NamesAction = (action: string) => boolean;

/** Most actions are in no policy, so those that are spelled out are looked up and only patterns are matched. */
export function namedActions(policies: readonly Policy[]): NamesAction {
  const statements = policies.flatMap((policy) => policy.statements);
  const spelledOut = new Set(statements.filter(isSpelledOut).flatMap(({ actions }) => actions.patterns.map(toLower)));
  const patterns = statements.filter((one) => !isSpelledOut(one)).map(({ actions }) => compileActions(actions));
  return (action) => {
    const lower = action.toLowerCase();
    return spelledOut.has(lower) || patterns.some((names) => names(lower, noVariable));
  };
}

/** The actions of the services that some statement of these policies can name, in the order of the catalogue. */
export function actionsOfNamedServices(
  policies: readonly Policy[],
  also: readonly string[],
  catalogue: Catalogue,
): readonly CatalogueAction[] {
  const elements = policies.flatMap((policy) => policy.statements.map((statement) => statement.actions));
  const patterns = elements.flatMap((element) =>
    element.patterns.map((pattern) => toLower(pattern).split(':')[0] ?? ''),
  );
  // Asked for, the list of all actions is read from the file, which most environments have no use for.
  if (elements.some(({ negated }) => negated) || patterns.some((service) => /[*?]/.test(service)))
    return catalogue.actions;
  const named = new Set([...also, ...patterns]);
  return catalogue.services.filter((service) => named.has(service)).flatMap(catalogue.actionsOf);
}

function toLower(text: string): string {
  return text.toLowerCase();
}

function isSpelledOut({ actions }: Statement): boolean {
  return !actions.negated && actions.patterns.every((pattern) => !/[*?]/.test(pattern));
}

/** Actions hold no policy variables. */
function noVariable(): undefined {
  return undefined;
}
