'use strict';

/*
 * The provider's answer about its schemas, with the types of a few services alone, and what it is told of itself.
 *
 * A message of gRPC is a byte that says whether it is compressed, four bytes of length, and a message of protobuf; in that
 * each field has a tag and, of the wire types that are met here, a number, or a length and as many bytes.
 *
 * https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin5.9.proto
 * https://protobuf.dev/programming-guides/encoding/
 */

const HEAD_BYTES = 5;
const EMPTY_MESSAGE = Buffer.alloc(HEAD_BYTES);
const WIRE_NUMBER = 0;
const WIRE_BYTES = 2;
/** Maps from the name of a type to its schema: resources, and data sources. */
const MAPS_OF_TYPES = new Set([2, 3]);
const KEY_OF_ENTRY = 1;

/** Every type that tests deploy or read is of one of these services; Terraform refuses any other as unknown. */
const KEPT = /^aws_(caller|canonical|iam|kms|partition|region|rolesanywhere|s3|sts)/;

/** @returns the same message without other types */
function keepTypes(framed) {
  const fields = fieldsOf(framed.subarray(HEAD_BYTES));
  const kept = fields.filter(({ number, content }) => !MAPS_OF_TYPES.has(number) || KEPT.test(keyOf(content)));
  const body = Buffer.concat(kept.map(({ whole }) => whole));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Fields of the message that tells a provider how to work: Terraform's version, and the block of the stack. */
const TELLING = new Set([1, 2]);

/** @returns the same text where a provider is told the same, whatever else it learns of the one who asks */
function configurationOf(framed) {
  const fields = fieldsOf(framed.subarray(HEAD_BYTES)).filter(({ number }) => TELLING.has(number));
  return Buffer.concat(fields.map(({ whole }) => whole)).toString('base64');
}

function keyOf(entry) {
  return fieldsOf(entry)
    .filter(({ number }) => number === KEY_OF_ENTRY)
    .map(({ content }) => content.toString('utf8'))
    .join('');
}

function fieldsOf(message) {
  const fields = [];
  for (let at = 0; at < message.length; ) {
    const field = fieldAt(message, at);
    fields.push(field);
    at += field.whole.length;
  }
  return fields;
}

function fieldAt(message, start) {
  const tag = numberAt(message, start);
  const wireType = tag.value & 7;
  if (wireType !== WIRE_NUMBER && wireType !== WIRE_BYTES) throw new Error(`wire type ${wireType} is not read here`);
  const value = numberAt(message, tag.end);
  const end = wireType === WIRE_BYTES ? value.end + value.value : value.end;
  if (end > message.length) throw new Error('the message is cut off');
  return { number: tag.value >> 3, content: message.subarray(value.end, end), whole: message.subarray(start, end) };
}

/** Seven bits a byte, the lowest first; only the last byte is below 128. */
function numberAt(message, start) {
  let value = 0;
  let factor = 1;
  for (let at = start; ; at += 1) {
    const byte = message[at];
    if (byte === undefined) throw new Error('the message is cut off');
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte < 128) return { value, end: at + 1 };
  }
}

module.exports = { configurationOf, EMPTY_MESSAGE, keepTypes };
