import type { Arguments } from './arguments';
import type { Whereabouts } from './plan/whereabouts';
import type { StackImport } from './stack-imports';
import type { Backend } from './terraform-block';

/** A resource of a stack. */
export interface StackResource {
  /** As Terraform writes it, as in `aws_s3_bucket.backup` or `module.vault["a"].aws_s3_bucket.this[0]`. */
  readonly address: string;
  readonly type: string;
  /** The configured arguments; a leaf may be text with references, or an `UnknownValue`. */
  readonly arguments: Arguments;
  /** The same as the synthesized stack has it, where a plan added to it. */
  readonly written?: Arguments;
  /** By argument, what a policy or a bucket's name was taken for that a plan only refers to. */
  readonly assumed?: Readonly<Record<string, string>>;
}

/** The change that a plan makes to one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** As in `['delete', 'create']`. */
  readonly actions: readonly string[];
  /** Its arguments now, and after the plan; missing where it is not there. What the plan leaves open is an `UnknownValue`. */
  readonly before?: Arguments;
  readonly after?: Arguments;
  /** The id under which it is taken over; missing where the state has it, or where it is made. */
  readonly importing?: string;
}

/** A value that the stack hands out. */
export interface StackOutput {
  readonly name: string;
  readonly value: unknown;
  readonly isSensitive: boolean;
}

/** A stack, as far as it is read here: the one model that rules and readers of policies look at. */
export interface StackDocument {
  readonly source: 'synthesized-stack' | 'plan' | 'both';
  readonly resources: readonly StackResource[];
  readonly provider: Arguments;
  readonly outputs: readonly StackOutput[];
  readonly hasDataSources: boolean;
  /** Missing where the input does not say, as a plan never does. */
  readonly backend?: Backend;
  /** Whether the input shows `lifecycle` and the like, which a plan never does. */
  readonly showsMetaArguments: boolean;
  readonly changes: readonly PlannedChange[];
  /** Existing things that are taken over; a plan shows them while its state does not have them yet. */
  readonly imports: readonly StackImport[];
  /** Places of everything that a plan found in the state; missing where there is no plan. */
  readonly standing?: readonly Whereabouts[];
  /** The resources that a plan found, as a stack; missing where there is no plan. */
  readonly before?: StackDocument;
  /** Problems of the input as a whole, in one sentence each. */
  readonly doubts: readonly string[];
  /** Where a plan and the synthesized stack say different things. */
  readonly contradictions: readonly string[];
}
