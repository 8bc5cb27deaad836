import type {
  StreamAccepted,
  StreamAttempt,
  StreamCounts,
  StreamDropped,
  StreamEnded,
  StreamHealth,
  StreamHello,
  StreamJob,
} from './schemas.js';

interface Messages {
  /** The first. */
  hello: StreamHello;
  accepted: StreamAccepted;
  attempt: StreamAttempt;
  ended: StreamEnded;
  health: StreamHealth;
  /** A resend of many moved on, or has ended. */
  job: StreamJob;
  /** A second after something happened: all of that second, whether it was told one by one or not. */
  counts: StreamCounts;
  /** This client was too slow. */
  dropped: StreamDropped;
}

/** What the stream tells. A newer server may tell more kinds than these. */
export type StreamMessage = {
  [K in keyof Messages]: { id: string; event: K; data: Messages[K] };
}[keyof Messages];

/** Longer than any message of ours: something else is talking. */
const MOST_CHARACTERS = 1_048_576;

/** Server-sent events as messages, until the body ends, breaks off, or `signal` is aborted. */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamMessage, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        if (signal?.aborted) throw error;
        // The connection broke: to the caller that is an end like any other.
        return { done: true as const, value: undefined };
      });
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      if (rest.length > MOST_CHARACTERS) throw new Error('the stream has a message without an end');
      for (const block of blocks) {
        const message = parse(block);
        if (message) yield message;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** null: a comment, or fields alone. */
function parse(block: string): StreamMessage | null {
  let id = '';
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'id') id = value;
    else if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : ({ id, event, data: JSON.parse(data.join('\n')) } as StreamMessage);
}
