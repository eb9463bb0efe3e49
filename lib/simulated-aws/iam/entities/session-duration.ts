/** Seconds that a role may let its sessions last, when it says so itself. */
export const SESSION_DURATION_LIMITS = { min: 3600, max: 43_200, byDefault: 3600 };
