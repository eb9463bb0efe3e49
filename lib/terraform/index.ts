export type { ProviderSource } from './init';
export { lastBackend } from './last-backend';
export { findProviderAtHand, locateProvider, type ProviderAtHand } from './locate-provider';
export { createTerraform, type Terraform, type TerraformOptions, type TerraformOutput } from './terraform';
export { findTerraform, type TerraformBinary } from './terraform-binary';
