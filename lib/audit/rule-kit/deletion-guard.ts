import type { StackResource } from '../stack/stack-document';
import type { Subject } from '../subject/subject';
import { boundDoubt } from './gathered';
import { doubt } from './outcome';
import type { Outcome } from './rule';
import { checkSettings, type Setting } from './settings';

const PREVENT_DESTROY: Setting = { path: 'lifecycle.prevent_destroy', oneOf: ['true'], byDefault: 'false' };

/** Holds the guards against destruction; a plan does not show `prevent_destroy`, so it cannot say that all is well. */
export function checkDeletionGuard(resource: StackResource, settings: readonly Setting[], subject: Subject): Outcome {
  const { showsMetaArguments } = subject.stack;
  const outcome = checkSettings(resource, showsMetaArguments ? [...settings, PREVENT_DESTROY] : settings, subject);
  if (showsMetaArguments || outcome.result !== 'pass') return outcome;
  return boundDoubt(
    doubt(
      resource.address,
      'a plan does not show lifecycle.prevent_destroy; name the synthesized stack besides, with --plan',
      outcome.evidence,
    ),
  );
}
