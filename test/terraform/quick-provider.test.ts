const { configurationOf, keepTypes } = require('../support/quick-provider/schemas.cjs') as {
  configurationOf: (message: Buffer) => string;
  keepTypes: (message: Buffer) => Buffer;
};

/** A field of protobuf that holds bytes: tag, length, content. */
function field(number: number, content: Buffer): Buffer {
  const length = content.length < 128 ? [content.length] : [(content.length & 127) | 128, content.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content]);
}

const entry = (map: number, type: string, schema: string) =>
  field(map, Buffer.concat([field(1, Buffer.from(type)), field(2, Buffer.from(schema))]));

function framed(...fields: readonly Buffer[]): Buffer {
  const body = Buffer.concat(fields);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

const PROVIDER = field(1, Buffer.from('region'));
const BUCKET = entry(2, 'aws_s3_bucket', 'b'.repeat(300));
const INSTANCE = entry(2, 'aws_instance', 'i');
const ACCOUNT = entry(3, 'aws_caller_identity', 'c');
const IMAGE = entry(3, 'aws_ami', 'a');
const CAPABILITIES = Buffer.from([6 << 3, 1]);

describe('the schemas of the quick provider', () => {
  test('are those of the real one, for the services that tests deploy', () => {
    const whole = framed(PROVIDER, BUCKET, INSTANCE, ACCOUNT, IMAGE, CAPABILITIES);
    expect(keepTypes(whole)).toEqual(framed(PROVIDER, BUCKET, ACCOUNT, CAPABILITIES));
  });

  test.each([
    ['cut off', framed(BUCKET).subarray(0, -1), 'the message is cut off'],
    ['not as it should be', framed(Buffer.from([(1 << 3) | 1, 0])), 'wire type 1 is not read here'],
  ])('are not taken from a message that is %s', (_, message, error) => {
    expect(() => keepTypes(message)).toThrow(error);
  });
});

describe('a kept provider', () => {
  const VERSION = field(1, Buffer.from('1.11.4'));
  const BLOCK = field(2, field(1, Buffer.from('region, tags')));
  const CLIENT = field(3, Buffer.from([1 << 3, 1]));

  test('is told the same by a plan and by the apply of it, which differ in the client alone', () => {
    expect(configurationOf(framed(VERSION, BLOCK, CLIENT))).toBe(configurationOf(framed(VERSION, BLOCK)));
  });

  test.each([
    ['another block', framed(VERSION, field(2, field(1, Buffer.from('region, tagz'))))],
    ['another version of Terraform', framed(field(1, Buffer.from('1.11.5')), BLOCK)],
    ['no block', framed(VERSION)],
  ])('is told something else by %s', (_, other) => {
    expect(configurationOf(other)).not.toBe(configurationOf(framed(VERSION, BLOCK)));
  });
});
