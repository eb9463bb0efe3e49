import { z } from 'zod';

const path = (describe: string) => z.string().min(1).exactOptional().describe(describe);

/** `vault-env.yaml`: what is repeated on every command. A flag that is typed wins. */
export const projectFileSchema = z.strictObject({
  environments: path('Folder of the environment files, as --environments.'),
  output: path('Folder that synth writes to, and that list, diff, emit and verify --as operator read.'),
  waivers: path('YAML file of waivers, for audit, diff and adopt.'),
  state: path('Folder in which simulate keeps its accounts, as --state.'),
});

export type ProjectFile = z.infer<typeof projectFileSchema>;
