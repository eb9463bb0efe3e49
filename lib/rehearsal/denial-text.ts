import { type LoggedDecision, POLICY_TYPES, type RequestLogEntry } from '../simulated-aws';

/** Why a request was denied, as lines for a person; none for a request that was not. */
export function describeDenial({
  errorCode,
  errorMessage,
  errorReason,
  eventName,
  decisions,
  ...entry
}: RequestLogEntry): readonly string[] {
  if (!errorCode?.startsWith('AccessDenied')) return [];
  const caller = entry.userIdentity?.arn ?? (entry.userIdentity?.principalId || 'anonymous');
  const denials = decisions.filter(({ result }) => result !== 'allowed');
  return [
    `${entry.eventTime} ${eventName} denied to ${caller}`,
    ...(denials.length === 0
      ? [`  no policy decided: ${errorReason ?? errorMessage}`]
      : [...denials.flatMap(describeDecision), ...(errorReason === undefined ? [] : [`  that is, ${errorReason}`])]),
  ];
}

function describeDecision({ action, resource, by = [], missing }: LoggedDecision): readonly string[] {
  const reasons = by.map(
    ({ layer, policy, statement }) =>
      `    denied by the statement '${statement}' of ${POLICY_TYPES[layer]} '${policy}'`,
  );
  const lacking = missing === undefined ? [] : [`    no ${POLICY_TYPES[missing]} allows it`];
  return [`  ${action} on ${resource}`, ...reasons, ...lacking];
}
