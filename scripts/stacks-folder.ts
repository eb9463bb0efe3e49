/** Where `synth` leaves the stacks, a folder each. */
export const STACKS_FOLDER = 'cdktf.out/stacks';
