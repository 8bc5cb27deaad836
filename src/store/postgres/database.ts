import type { Clock } from '../../clock.js';
import type { IdOrigin } from '../../domain/message-id.js';
import type { Keyring } from '../keyring.js';
import { MARK, refuseMoved } from '../moving/mark.js';
import { refuseReplaced } from '../replaced.js';
import { findStore } from './find-store.js';
import { checkKey } from './key-check.js';
import { requireOwnSessions } from './own-sessions.js';
import { Pool } from './pool.js';
import { Reader } from './reader.js';
import { migrate, readIdOrigin, readMeta } from './schema.js';
import { Server } from './server.js';
import { type WriteMoves, Writer } from './transaction.js';
import { untilUp, type Waiting } from './until-up.js';

/**
 * Groups under way at the same time are bounded by the store (two that accept, two that record, one that
 * claims, one of everything else); what remains is for changes by people, upkeep, and waiting. More would only
 * wait for each other: on two cores four groups filled PostgreSQL.
 */
const WRITING = 10;
/** Lists are read in several statements each; a slow one must not stand in the way of all others. */
const READING = 4;

/** A migration may have to write every row, and a node waits for the one that migrates. */
const OPENING_MS = 3_600_000;

export interface DatabaseOptions {
  url: string;
  keyring: Keyring;
  /** A test's, in place of the database's. */
  clock?: Clock | null;
  release: string | null;
  /** For a server, not for a tool beside it. */
  engine: boolean;
  /** Waits for a database that is not up yet; null: fails at once. */
  waiting?: Waiting | null;
  blocks: { size: number; writeMoves: WriteMoves };
}

export interface Database {
  writer: Writer;
  reader: Reader;
  idOrigin: IdOrigin;
  close(): Promise<void>;
}

/** Throws `SchemaTooNew`, `StoreMoved`, `KeyringError`, `NoOwnSessions` and `StoreUnavailable`. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const server = new Server(options.url, options.clock ?? null);
  const writing = new Pool(server, WRITING);
  const reading = new Pool(server, READING);
  const close = async () => {
    await Promise.all([writing.close(), reading.close()]);
  };
  try {
    const own = () => requireOwnSessions(writing);
    await (options.waiting ? untilUp(own, options.waiting) : own());
    const idOrigin = await writing.use(async (line) => {
      refuseReplaced(options.keyring, await findStore(line, server));
      await migrate(line, options.release);
      refuseMoved(await readMeta(line, MARK));
      const createdAt = await checkKey(line, options.keyring, options.engine);
      if (options.engine) options.keyring.noteStore(createdAt);
      return readIdOrigin(line);
    }, OPENING_MS);
    return { writer: new Writer(writing, options.blocks), reader: new Reader(reading), idOrigin, close };
  } catch (error) {
    await close();
    throw error;
  }
}
