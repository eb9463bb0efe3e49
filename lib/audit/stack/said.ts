/** Whether an argument says something: empty ones, and what is switched off, stand in every plan. */
export function isSaid(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  return !(Array.isArray(value) && value.length === 0);
}
