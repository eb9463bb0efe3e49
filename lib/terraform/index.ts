export type { ProviderSource } from './init';
export { createTerraform, type Terraform, type TerraformOptions, type TerraformOutput } from './terraform';
export { findTerraform, type TerraformBinary } from './terraform-binary';
