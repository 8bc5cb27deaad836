import { formNumber, nextFormNumber } from '../../domain/request-form.js';
import type { Transaction } from './transaction.js';

/** Waits for another node that writes the same, and finds it then. */
const INSERT = 'INSERT INTO request_form (id, text) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING';
const READ = 'SELECT text FROM request_form WHERE id = $1';

export async function requestFormNumber(tx: Transaction, text: string): Promise<number> {
  let id = formNumber(text);
  for (;;) {
    await tx.run(INSERT, [id, text]);
    const [row] = await tx.run<{ text: string }>(READ, [id]);
    if (row?.text === text) return id;
    id = nextFormNumber(id);
  }
}
