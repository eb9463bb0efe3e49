import type { Settings } from './settings';
import type { ListedVerb } from './verb';

/** A command made of verbs. */
export interface Command {
  /** As a person types it. */
  readonly name: string;
  /** As this person typed it, where that is another way. */
  readonly typedAs?: string;
  /** Names of the environments that the command line is about; none where nobody can tell. */
  readonly environments?: () => readonly string[];
  /** Settings for flags that are not typed. */
  readonly settings?: Settings;
  /** The first lines of the help. */
  readonly purpose: string;
  readonly verbs: Readonly<Record<string, ListedVerb>>;
  /** The command to type, and its effect. */
  readonly examples: [command: string, does: string][];
}
