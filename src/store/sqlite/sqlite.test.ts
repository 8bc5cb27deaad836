import { describe } from 'vitest';
import { acceptingConformance } from '../conformance/accepting.conformance.js';
import { makeSqliteStore } from './sqlite.conformance.js';

describe('the SQLite store', () => {
  acceptingConformance(makeSqliteStore);
});
