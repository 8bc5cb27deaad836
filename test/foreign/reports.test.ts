import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folderWith } from '../support/foreign/folder.js';
import { program } from '../support/foreign/programs.js';
import { latchhook } from '../support/foreign/server.js';

const run = promisify(execFile);

const PYTHON = `
import gzip, json, sys, urllib.request, zlib
url, authorization = sys.argv[1:]
body = json.dumps({"event_type": "log.door_was_opened", "data": {"text": "x" * 2000}}).encode()
raw = zlib.compressobj(wbits=-15)
bodies = [("gzip", gzip.compress(body)), ("deflate", zlib.compress(body)), ("deflate", raw.compress(body) + raw.flush())]
for encoding, encoded in bodies:
    headers = {"Authorization": authorization, "Content-Encoding": encoding, "Content-Type": "application/json"}
    print(urllib.request.urlopen(urllib.request.Request(url, encoded, headers)).status)
`;

const PHP = `<?php
[, $url, $authorization] = $argv;
$report = [
  ['event_type' => 'log.door_was_opened', 'data' => []],
  ['event_type' => 'log.of_a_later_release', 'data' => []],
];
$http = ['method' => 'POST', 'header' => "Authorization: $authorization", 'content' => json_encode($report)];
echo file_get_contents("$url?partial=true", false, stream_context_create(['http' => $http]));
`;

test("what Python's gzip and zlib compress is read", async () => {
  const { client, url } = await latchhook();
  const folder = await folderWith({ 'report.py': PYTHON });
  const args = ['report.py', `${url}/api/v1/events`, client.authorization];
  const { stdout } = await run(program('python3'), args, { cwd: folder });
  expect(stdout.trim().split('\n')).toEqual(['202', '202', '202']);
});

test('what PHP makes of an empty array is an object, and one event that is not known loses no other', async () => {
  const { client, url } = await latchhook();
  const folder = await folderWith({ 'report.php': PHP });
  const args = ['report.php', `${url}/api/v1/events`, client.authorization];
  const { stdout } = await run(program('php'), args, { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    items: [
      { event_id: 1, duplicate: false },
      { error: 'Invalid event types', code: 'invalid-event-types' },
    ],
  });
});
