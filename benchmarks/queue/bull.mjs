// BullMQ priority jobs on the Valkey whose socket is named, as told line by line on standard input:
// fill N | add N AT_ONCE | claim N AT_ONCE | complete AT_ONCE. Each line is answered by one line of JSON.
import { createInterface } from 'node:readline';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const connection = new Redis({ path: process.argv[2], maxRetriesPerRequest: null });
const queue = new Queue('triage', { connection });
const worker = new Worker('triage', null, { connection, autorun: false });
await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
const options = () => ({ priority: 1 + Math.floor(Math.random() * 5), removeOnComplete: true });
let held = [];
let tokens = 0;
let made = 0;

async function measure(call, number, atOnce) {
  const taken = [];
  let left = number;
  const began = process.hrtime.bigint();
  const usedBefore = process.cpuUsage();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (left-- > 0) {
      const from = process.hrtime.bigint();
      await call();
      taken.push(Number(process.hrtime.bigint() - from) / 1e6);
    }
  }));
  const wall = Number(process.hrtime.bigint() - began) / 1e9;
  const used = process.cpuUsage(usedBefore);
  taken.sort((a, b) => a - b);
  return { per_s: number / wall, p50_ms: taken[number >> 1], p99_ms: taken[Math.floor(number * 0.99)],
    asker_us: (used.user + used.system) / number };
}

async function claim() {
  const job = await worker.getNextJob(`t${tokens++}`, { block: false });
  if (!job) throw new Error('nobody waits');
  held.push(job);
}

const told = {
  async fill(number) {
    for (let start = 0; start < number; start += 1000) {
      const some = Array.from({ length: Math.min(1000, number - start) }, () => ({ name: 'c', data: { c: made++ }, opts: options() }));
      await queue.addBulk(some);
    }
    return {};
  },
  add: (number, atOnce) => measure(() => queue.add('c', { c: made++ }, options()), number, atOnce),
  claim: (number, atOnce) => measure(claim, number, atOnce),
  complete(atOnce) {
    const number = held.length;
    return measure(async () => { const job = held.pop(); await job.moveToCompleted(1, job.token, false); }, number, atOnce);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [what, ...numbers] = line.split(' ');
  console.log(JSON.stringify(await told[what](...numbers.map(Number))));
}
await worker.close();
await queue.close();
process.exit(0);
