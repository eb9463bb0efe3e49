import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** Threads share the count of the process that started them. */
const KEY = 'vault-env count of written files';
const counter = counterOfProcess();

/** Tells that files were put into place. */
export function noteWritten(count = 1): void {
  Atomics.add(counter, 0, count);
}

/** How many files were put into place since the process began. */
export function countWritten(): number {
  return Atomics.load(counter, 0);
}

function counterOfProcess(): Int32Array {
  const told: unknown = getEnvironmentData(KEY);
  if (ArrayBuffer.isView(told)) return told as Int32Array;
  const made = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setEnvironmentData(KEY, made);
  return made;
}
