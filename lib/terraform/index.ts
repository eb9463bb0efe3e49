export type { ProviderSource } from './init';
export { lastBackend } from './last-backend';
export { locateProvider } from './locate-provider';
export { findProviderAtHand, type ProviderAtHand } from './provider-at-hand';
export { createTerraform, type Terraform, type TerraformOptions, type TerraformOutput } from './terraform';
export { findTerraform, type TerraformBinary } from './terraform-binary';
