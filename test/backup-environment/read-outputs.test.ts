import { type OutputsSource, readOutputs } from '../../lib/backup-environment';
import { ConfigError, ToolkitError } from '../../lib/errors';
import { AES_256_OUTPUT, asVersion1 } from './example';

const terraform = (value: unknown) => ({ backup_environment: { sensitive: false, type: ['object', {}], value } });

function read(document: unknown, environment = 'acme') {
  return readOutputs(source(JSON.stringify(document), environment));
}

function source(text: string, environment = 'acme'): OutputsSource {
  return { text, file: 'outputs.json', environment };
}

function failureOf(task: () => unknown): unknown {
  try {
    return task();
  } catch (error) {
    return error;
  }
}

test.each([
  { name: 'terraform output -json', document: terraform(AES_256_OUTPUT) },
  { name: 'the output of an earlier release', document: terraform(asVersion1(AES_256_OUTPUT)) },
  { name: 'cdktf deploy --outputs-file', document: { acme: { backup_environment: AES_256_OUTPUT } } },
  {
    name: 'an outputs file of several stacks',
    document: {
      'aes-256': { backup_environment: { ...AES_256_OUTPUT, environment: 'aes-256' } },
      acme: { backup_environment: AES_256_OUTPUT },
    },
  },
  {
    name: 'terraform output -json with other outputs',
    document: { other: { sensitive: true, type: 'string', value: 'x' }, ...terraform(AES_256_OUTPUT) },
  },
])('reads $name', ({ document }) => {
  expect(read(document)).toEqual(AES_256_OUTPUT);
});

test.each([
  {
    name: 'broken JSON',
    text: '{"acme":',
    code: 'BrokenJson',
    message: "'outputs.json' must be a JSON document, got: ",
  },
  { name: 'an empty file', text: '', code: 'BrokenJson', message: 'got: an empty file' },
  { name: 'a list', text: '[]', code: 'NotOutputs', message: "'outputs.json' must be the outputs of a stack" },
  { name: 'another document', text: '{"format_version":"1.2"}', code: 'NotOutputs', message: 'terraform output -json' },
  {
    name: 'a document with a stack in it',
    text: JSON.stringify({ acme: { backup_environment: AES_256_OUTPUT }, format_version: '1.2' }),
    code: 'NotOutputs',
    message: "'outputs.json' must be the outputs of a stack",
  },
  { name: 'outputs before the first apply', text: '{}', code: 'OutputMissing', message: 'Apply the stack first' },
  {
    name: 'a stack without our output',
    text: JSON.stringify({ bucket: { sensitive: false, type: 'string', value: 'x' } }),
    code: 'OutputMissing',
    message: "'backup_environment' of 'acme', got: bucket",
  },
  {
    name: 'a cdktf stack without outputs',
    text: JSON.stringify({ acme: {} }),
    code: 'OutputMissing',
    message: "'backup_environment' of 'acme', got: no outputs",
  },
  {
    name: "another stack's terraform outputs",
    text: JSON.stringify(terraform({ ...AES_256_OUTPUT, environment: 'zenith' })),
    code: 'OutputsOfAnotherStack',
    message: "'outputs.json' must hold the outputs of the stack 'acme', got: zenith",
  },
  {
    name: "other stacks' cdktf outputs",
    text: JSON.stringify({ zenith: {}, delta: {} }),
    code: 'OutputsOfAnotherStack',
    message: "'acme', got: zenith, delta",
  },
  {
    name: 'outputs of another version',
    text: JSON.stringify(terraform({ ...AES_256_OUTPUT, version: 7 })),
    code: 'UnsupportedVersion',
    message: "'version' of outputs.json (backup_environment) must be 1 or 2, got: 7",
  },
])('rejects $name', ({ text, code, message }) => {
  const failure = failureOf(() => readOutputs(source(text)));
  expect(failure).toBeInstanceOf(ToolkitError);
  expect(failure).toMatchObject({ code, message: expect.stringContaining(message) });
});

test('rejects an output that is not a config, with every problem', () => {
  const { region: _region, ...aws } = AES_256_OUTPUT.aws;
  const failure = failureOf(() => read(terraform({ ...AES_256_OUTPUT, aws, extra: 1 })));
  expect(failure).toBeInstanceOf(ConfigError);
  expect(failure).toMatchObject({
    code: 'BadBackupEnvironment',
    issues: [
      { file: 'outputs.json (backup_environment)', path: 'aws.region', message: 'is required: must be a string' },
      { file: 'outputs.json (backup_environment)', path: 'extra', message: 'is not a known key; look at its spelling' },
    ],
  });
});
