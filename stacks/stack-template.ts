import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import type { Environment } from '../lib/config/environment';
import { makeFolder } from '../lib/make-folder';
import { type Shape, STAND_INS } from './shape';

/** The files of a stack by their names. */
type StackFiles = Readonly<Record<string, string>>;

/** The files of one shape, each cut at its stand-ins: every second piece is the number of one. */
export type StackTemplate = Readonly<Record<string, readonly string[]>>;

export type CreateStack = (app: App, environment: Environment) => TerraformStack;

/** Has CDKTF synthesize the stack in the app, as `App.synth` does, and keeps nothing of it: memory stays that of one. */
export function synthesizeOne(app: App, stack: TerraformStack): void {
  stack.prepareStack();
  stack.synthesizer.synthesize(app);
  app.node.tryRemoveChild(stack.node.id);
}

/** Synthesizes the stack of a shape, aside. */
export function templateOf({ environment }: Shape, create: CreateStack): StackTemplate {
  const outdir = mkdtempSync(join(tmpdir(), 'vault-env-shape-'));
  try {
    const app = new App({ outdir });
    synthesizeOne(app, create(app, environment));
    const folder = join(outdir, 'stacks', environment.name);
    const cut = (name: string) => readFileSync(join(folder, name), 'utf8').split(STAND_INS);
    return Object.fromEntries(readdirSync(folder).map((name) => [name, cut(name)]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The files of the stack with these names. */
export function fillTemplate(template: StackTemplate, names: readonly string[]): StackFiles {
  const fill = (pieces: readonly string[]) =>
    pieces.map((piece, index) => (index % 2 === 0 ? piece : names[Number(piece)])).join('');
  return Object.fromEntries(Object.entries(template).map(([name, pieces]) => [name, fill(pieces)]));
}

/** Whether these files were synthesized for the stack of this name. Whatever else lies beside them is Terraform's. */
export function areWritten({ outdir }: App, stack: string, files: StackFiles): boolean {
  const folder = join(outdir, 'stacks', stack);
  return Object.entries(files).every(([name, text]) => {
    const file = join(folder, name);
    return existsSync(file) && readFileSync(file, 'utf8') === text;
  });
}

/** Writes the files of a stack for whoever reads them next; the folder is that of the stack. */
export type WriteStack = (name: string, files: StackFiles, folder: string) => void;

export const writeIntoFolder: WriteStack = (_, files, folder) => {
  makeFolder(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
};

/** A stack whose files are there already. */
export class WrittenStack extends TerraformStack {
  constructor(app: App, name: string, write: (folder: string) => void) {
    super(app, name);
    this.synthesizer = {
      synthesize: ({ manifest, outdir }) => write(join(outdir, manifest.forStack(this).workingDirectory)),
    };
  }

  /** It has no elements. */
  override prepareStack(): void {}
}
