/** The environments of `test/fixtures` that are deployed with the real provider. */
export const DEPLOYED_FIXTURES = [
  'every-option',
  'existing-key',
  'former-keys',
  'china',
  'attached-role',
  'made-anchor',
  'private-ca',
  'named-anchor',
  'adopted',
] as const;
