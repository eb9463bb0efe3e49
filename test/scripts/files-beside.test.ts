import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCK_FILE_VERSIONS_TEXT, OPENTOFU_VERSIONS_TEXT, VERSIONS_TEXT } from '../../lib/versions-files';
import { filesBeside } from '../../scripts/files-beside';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-beside-'));
  writeFileSync(join(folder, 'cdk.tf.json'), '{}');
});

afterEach(() => rmSync(folder, { recursive: true }));

const writing = (name: string, text: string) => () => writeFileSync(join(folder, name), text);

test.each([
  { beside: 'nothing else', act: () => undefined, found: [] },
  { beside: 'the versions.tf of a synthesis', act: writing('versions.tf', VERSIONS_TEXT), found: [] },
  { beside: 'the versions.tf for a state in S3', act: writing('versions.tf', LOCK_FILE_VERSIONS_TEXT), found: [] },
  { beside: 'the versions.tofu of a synthesis', act: writing('versions.tofu', OPENTOFU_VERSIONS_TEXT), found: [] },
  {
    beside: 'another version in versions.tf',
    act: writing('versions.tf', VERSIONS_TEXT.replace(/\d+\.\d+\.\d+/, '0.5.0')),
    found: ['versions.tf'],
  },
  {
    beside: 'a resource added to versions.tf',
    act: writing('versions.tf', `${VERSIONS_TEXT}resource "aws_s3_bucket" "b" {}\n`),
    found: ['versions.tf'],
  },
  { beside: 'an empty versions.tf', act: writing('versions.tf', ''), found: ['versions.tf'] },
  {
    beside: 'Windows line endings in versions.tf',
    act: writing('versions.tf', VERSIONS_TEXT.replaceAll('\n', '\r\n')),
    found: ['versions.tf'],
  },
  {
    beside: 'versions.tf as a link to nothing',
    act: () => symlinkSync('nowhere', join(folder, 'versions.tf')),
    found: ['versions.tf'],
  },
  { beside: 'a folder named versions.tf', act: () => mkdirSync(join(folder, 'versions.tf')), found: ['versions.tf'] },
  {
    beside: 'the version of Terraform for OpenTofu',
    act: writing('versions.tofu', VERSIONS_TEXT),
    found: ['versions.tofu'],
  },
  {
    beside: 'the text of versions.tf as an override',
    act: writing('override.tf', VERSIONS_TEXT),
    found: ['override.tf'],
  },
])('with $beside, Terraform also reads $found', ({ act, found }) => {
  act();
  expect(filesBeside(join(folder, 'cdk.tf.json'))).toEqual(found);
});
