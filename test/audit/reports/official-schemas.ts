import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type AnySchemaObject, type ValidateFunction } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

/** The schemas of others are data beside the project, not part of it. */
const FOLDER = join(__dirname, '../../../../shared/schemas');

type Official = 'sarif-2.1.0.schema.json' | 'oscal-assessment-results-1.0.6.schema.json' | 'junit-10.xsd';

/** A test that needs an official schema; skipped, with the reason in its title, where it is not there. */
export function testWithSchema(title: string, name: Official, run: (file: string) => void): void {
  const file = join(FOLDER, name);
  if (existsSync(file)) test(title, () => run(file));
  else test.skip(`${title} (skipped: there is no ../shared/schemas/${name})`, () => undefined);
}

/** Compiling takes longer than validating, and the schemas stay as they are. */
const compiled = new Map<string, ValidateFunction>();

export function sarifValidator(file: string): ValidateFunction {
  const ajv = new AjvDraft04({ strict: false, allErrors: true });
  const validator = compiled.get(file) ?? addFormats(ajv).compile(readSchema(file));
  compiled.set(file, validator);
  return validator;
}

/** The fragments that this schema calls `$id` are anchors by now. */
export function oscalValidator(file: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validator = compiled.get(file) ?? addFormats(ajv).compile(withAnchors(readSchema(file)) as AnySchemaObject);
  compiled.set(file, validator);
  return validator;
}

const HAS_XMLLINT = spawnSync('xmllint', ['--version']).status === 0;

/** As `testWithSchema`, and skipped as well where there is no xmllint. */
export function testWithXmllint(title: string, name: Official, run: (file: string) => void): void {
  if (HAS_XMLLINT) testWithSchema(title, name, run);
  else test.skip(`${title} (skipped: there is no xmllint)`, () => undefined);
}

/** xmllint's words on the document, and its exit code: 0 when it is valid. */
export function xmllint(document: string, schema: string): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], {
    input: document,
    encoding: 'utf8',
  });
  return { status, stderr };
}

function readSchema(file: string): AnySchemaObject {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function withAnchors(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withAnchors);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      key === '$id' && typeof value === 'string' && value.startsWith('#')
        ? ['$anchor', value.slice(1)]
        : [key, withAnchors(value)],
    ),
  );
}
