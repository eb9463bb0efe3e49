/** Whether an argument of a plan says something: empty ones, and what is switched off, stand in every plan. */
export function isSaidInPlan(value: unknown): boolean {
  if (value === false || value === '') return false;
  return isWritten(value) && !(Array.isArray(value) && value.length === 0);
}

/** Whether a text says something; off is a position too, and often the dangerous one. */
export function isWritten(value: unknown): boolean {
  return value !== null && value !== undefined;
}
