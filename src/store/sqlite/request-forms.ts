import { formNumber, nextFormNumber } from '../../domain/request-form.js';
import type { Connection } from './connection.js';
import type { Writer } from './transaction.js';

const INSERT = 'INSERT INTO request_form (id, text) VALUES (?, ?) ON CONFLICT (id) DO NOTHING';
const READ = 'SELECT text FROM request_form WHERE id = ?';

export class RequestForms {
  readonly #insert;
  readonly #read;

  constructor(database: Connection) {
    this.#insert = database.prepare<[number, string]>(INSERT);
    this.#read = database.prepare<[number], { text: string }>(READ);
  }

  number(writer: Writer, text: string): number {
    return writer.transaction(() => {
      let id = formNumber(text);
      for (;;) {
        this.#insert.run(id, text);
        if (this.#read.get(id)?.text === text) return id;
        id = nextFormNumber(id);
      }
    });
  }
}
