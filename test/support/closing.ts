/** Closes what tests opened. A setup file of vitest's: it runs for each test file, whatever modules are kept. */
import { afterAll, afterEach } from 'vitest';
import { closeFile, closeTest, hooked } from './closers.js';

hooked();
afterEach(closeTest);
afterAll(closeFile);
