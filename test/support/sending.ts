/** A sender and receivers for one test; all are closed when it has finished. */
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.js';
import type { Answer } from '../../src/engine/answer.js';
import { createEgressGuard } from '../../src/engine/egress.js';
import type { Exchange } from '../../src/engine/exchange.js';
import { createSender, type Sender } from '../../src/engine/sender.js';
import type { Behaviour } from './hostile.js';
import { type RawReceiver, type Receiver, startRawReceiver, startReceiver } from './receiver.js';

export interface OpenSender {
  /** Default 8. */
  connections?: number;
  /** Default: all of loopback. */
  allow?: string[];
  resolve?: (name: string) => Promise<string[]>;
  /** By which answers of `resolve` are kept, and connections age. */
  clock?: Clock;
}

export function openSender(options: OpenSender = {}): Sender {
  const { connections = 8, allow = ['127.0.0.0/8', '::1'], resolve, clock = systemClock } = options;
  const guard = createEgressGuard({ mode: 'lan', allow, clock, ...(resolve ? { resolve } : {}) });
  const sender = createSender({ guard, connectionsPerOrigin: connections, clock });
  onTestFinished(() => sender.close());
  return sender;
}

/** A small request; 5 s of timeout. */
export function exchangeTo(url: string, more: Partial<Exchange> = {}): Exchange {
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  return { url, headers, body: Buffer.from('{}'), timeoutMs: 5000, ...more };
}

export async function receiverThat(...given: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...given);
  onTestFinished(receiver.close);
  return receiver;
}

export async function rawReceiver(...given: Parameters<typeof startRawReceiver>): Promise<RawReceiver> {
  const receiver = await startRawReceiver(...given);
  onTestFinished(receiver.close);
  return receiver;
}

/** Sends one request to a receiver that behaves like this, and sees to it that no socket is left. */
export async function sendTo(behaviour: Behaviour, timeoutMs = 5000): Promise<Answer> {
  const receiver = await rawReceiver(behaviour);
  const sender = openSender();
  const answer = await sender.send(exchangeTo(receiver.url, { timeoutMs }));
  await sender.close();
  await receiver.idle();
  return answer;
}
