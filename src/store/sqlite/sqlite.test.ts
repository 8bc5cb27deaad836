import { describe } from 'vitest';
import { storeConformance } from '../conformance/all.conformance.js';
import { makeSqliteStore } from './sqlite.conformance.js';

describe('the SQLite store', () => {
  storeConformance(makeSqliteStore);
});
