/** Those that show a kind of host that no example shows. */
export const HOST_FIXTURES = ['attached-role', 'foreign-role', 'made-anchor', 'private-ca', 'named-anchor'] as const;

/** The environments of `test/fixtures` that are deployed with the real provider. */
export const DEPLOYED_FIXTURES = [
  'every-option',
  'existing-key',
  'former-keys',
  'china',
  'adopted',
  ...HOST_FIXTURES,
] as const;
