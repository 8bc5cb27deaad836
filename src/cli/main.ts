#!/usr/bin/env node
import { Command, Option } from 'commander';
import { type Flags, flagOf, SETTINGS } from '../config.js';
import type { Setting } from '../settings.js';
import { latchhookVersion } from '../version.js';
import { failureLine } from './failure.js';
import type { MoveFlags } from './migrate-store.js';

// A command is loaded when it is asked for: the server takes more than a second of a slow machine.
const program = new Command('latchhook')
  .description('The webhook server for access panels.')
  .version(latchhookVersion())
  .showHelpAfterError('(latchhook --help shows what there is)');

const serveCommand = program
  .command('serve')
  .description('run the server; each setting is also an environment variable, see docs/settings.md')
  .allowExcessArguments(false)
  .action(async (flags: Flags) => (await import('./serve.js')).serve(flags));
for (const setting of Object.values(SETTINGS) as Setting<unknown>[]) {
  serveCommand.option(`--${flagOf(setting)} <value>`, describe(setting));
}

const users = program.command('user').description('accounts; all of it works beside a running server');
const named = (name: string, description: string) =>
  beside(name, description).argument('<name>', 'the account');

named('add', 'make an account; its password is asked for, or read from the input')
  .addOption(new Option('--type <type>', 'what it may do').choices(['admin', 'user']).default('user'))
  .action(async (name: string, flags: Flags & { type?: string }) =>
    (await import('./users.js')).addUser(name, flags),
  );
named('passwd', 'set the password of an account, and end its log-ins').action(
  async (name: string, flags: Flags) => (await import('./passwd.js')).changePassword(name, flags),
);
named('remove', 'remove an account, and end its log-ins').action(async (name: string, flags: Flags) =>
  (await import('./users.js')).removeUser(name, flags),
);
beside('list', 'the accounts: type, when it was made, name').action(async (flags: Flags) =>
  (await import('./users.js')).listUsers(flags),
);

program
  .command('migrate-store')
  .description('move everything to another database, e.g. from SQLite to PostgreSQL; see docs/moving.md')
  .allowExcessArguments(false)
  .option('--from <url>', 'the store that is moved (default: latchhook.db in the data folder)')
  .option('--to <url>', 'an empty database (default: LATCHHOOK_DATABASE_URL, which others cannot read)')
  .option(
    `--${flagOf(SETTINGS.dataDir)} <value>`,
    'where the key of the store is (default: the folder it is in)',
  )
  .option('--rows <number>', 'rows in one step, at most', '1000')
  .option('--give-up', 'leave it where it was: the source can be served again')
  .action(async (flags: MoveFlags) => (await import('./migrate-store.js')).migrateStore(flags));

function beside(name: string, description: string): Command {
  return users
    .command(name)
    .description(description)
    .allowExcessArguments(false)
    .option(`--${flagOf(SETTINGS.dataDir)} <value>`, describe(SETTINGS.dataDir))
    .option(`--${flagOf(SETTINGS.databaseUrl)} <value>`, describe(SETTINGS.databaseUrl));
}

function describe(setting: Setting<unknown>): string {
  const fallback = setting.shown ?? setting.default;
  const note = fallback ? ` (default: ${fallback})` : '';
  return `${setting.meaning}${note}`.replaceAll('`', '');
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`latchhook: ${failureLine(error)}\n`);
  process.exitCode = 1;
}
