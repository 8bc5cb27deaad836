/** Closes what tests opened. A setup file of vitest's: it runs for each test file, whatever modules are kept. */
import { afterAll, afterEach } from 'vitest';
import { closeFile, closeTest } from './closers.js';

afterEach(closeTest);
afterAll(closeFile);
