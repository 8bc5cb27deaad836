import { describe } from 'vitest';
import { storeConformance } from '../conformance/all.conformance.js';
import { makePostgresStore } from './postgres.conformance.js';

describe('the PostgreSQL store', () => {
  storeConformance(makePostgresStore);
});
