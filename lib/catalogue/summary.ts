import type { CatalogueAction, Summary } from './catalogue';

/** For the actions of one service. */
export function summaryOf(actions: readonly CatalogueAction[]): Summary {
  const managing = actions.filter(({ accessLevel }) => /permissions management/i.test(accessLevel));
  const patterns = actions.flatMap(({ resourceTypes }) => resourceTypes.map(({ arnPattern }) => arnPattern));
  return {
    actionCount: actions.length,
    permissionsManagement: managing.map(({ name }) => name),
    arnWords: unique(
      unique(patterns).flatMap((pattern) => pattern.split(/[:/]/).filter((word) => !word.includes('$'))),
    ),
  };
}

export function joinSummaries(summaries: readonly Summary[]): Summary {
  return {
    actionCount: summaries.reduce((sum, { actionCount }) => sum + actionCount, 0),
    permissionsManagement: summaries.flatMap(({ permissionsManagement }) => permissionsManagement),
    arnWords: unique(summaries.flatMap(({ arnWords }) => arnWords)),
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
