import type { ControlIds, EquivalentChecks, EvidenceItem, FindingResult } from '../report/audit-report';
import type { Subject } from '../subject/subject';

/** A thing that is asked of a stack. A file each; everything but `check` is data. */
export interface Rule {
  /** Stable; waivers name it. */
  readonly id: string;
  /** The statement that is true when the rule is kept. */
  readonly title: string;
  readonly rationale: string;
  /** The resources and arguments that are looked at. */
  readonly reads: string;
  readonly remedy: string;
  readonly controls: ControlIds;
  readonly equivalents?: EquivalentChecks;
  /** One outcome for each resource that the rule is about, or one for the stack. */
  readonly check: (subject: Subject) => readonly Outcome[];
}

/** The judgement of a rule about one resource. */
export interface Outcome {
  readonly resource: string;
  /** The part of the resource, where a rule may judge several; part of the finding's id. */
  readonly about?: string;
  readonly result: FindingResult;
  readonly detail: string;
  readonly evidence: readonly EvidenceItem[];
  /** Why something that it hangs on is not known, as who read it says; only of a doubt. */
  readonly because?: string;
  /** The `because` of whatever hangs on this outcome. */
  readonly tells?: string;
}
