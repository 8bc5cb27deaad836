<?php
// A client of a panel, from its API's pages and PHP's own streams alone: `php panel.php <url> <user> <password>`.
// Prints what it saw as one line of JSON.
[, $base, $user, $password] = $argv;
$token = null;

function call($method, $path, $query = [], $body = null)
{
    global $base, $token;
    $headers = ['Content-Type: application/json'];
    if ($token !== null) {
        $headers[] = "Authorization: Bearer $token";
    }
    $http = ['method' => $method, 'header' => $headers, 'ignore_errors' => true];
    if ($body !== null) {
        $http['content'] = json_encode($body);
    }
    $url = "$base/api/v1/$path" . ($query ? '?' . http_build_query($query) : '');
    $text = file_get_contents($url, false, stream_context_create(['http' => $http]));
    return [(int) explode(' ', $http_response_header[0])[1], json_decode($text, true)];
}

function webhook($changed = [])
{
    return $changed + [
        'url' => 'http://127.0.0.1:9/from-php',
        'status' => 'disabled',
        'event_types' => ['log.access_granted_by_valid_identifier'],
        'max_retries' => 3,
        'secret' => '0123456789abcdef',
        'timeout' => 5000,
        'headers' => '{"X-Door":"1"}',
        'description' => 'made by PHP',
    ];
}

$seen = [];
$seen['before'] = call('GET', 'webhooks');
$seen['wrong'] = call('GET', 'login', ['username' => $user, 'password' => str_repeat('0', 32)]);
[$status, $answer] = call('GET', 'login', ['username' => $user, 'password' => strtoupper(md5($password))]);
$token = $answer['token'];
$seen['login'] = [$status, strlen($token), $answer['account_type']];

[$status, $made] = call('POST', 'webhooks', [], webhook());
$uid = $made['item_uid'];
$seen['created'] = [$status, $uid];
$seen['refused'] = call('POST', 'webhooks', [], webhook(['max_retries' => 6]));
[, $found] = call('GET', 'webhooks', ['limit' => 10, 'page_number' => 1]);
$seen['listed'] = array_map(fn ($item) => [$item['item_uid'], $item['url']], $found['list_items']);
$seen['total'] = $found['list_options']['pagination']['total_items'];
[, $entity] = call('GET', "webhooks/$uid");
$entity['description'] = 'changed by PHP';
$seen['changed'] = call('PUT', "webhooks/$uid", [], $entity);
[, $seen['entity']] = call('GET', "webhooks/$uid");
$seen['deleted'] = call('DELETE', "webhooks/$uid");
$seen['gone'] = call('GET', "webhooks/$uid");

function poll()
{
    $query = ['limit' => 50, 'page_number' => 1, 'locale' => 'en', 'sort_type' => 'asc'];
    $shown = fn ($item) => [$item['name']['key'], $item['info']['model'], get_debug_type($item['timestamp'])];
    return array_map($shown, call('GET', 'log/items', $query)[1]['list_items']);
}

$seen['log'] = poll();
$seen['cleared'] = call('POST', 'system/data/clear', [], ['data_types' => ['logs']]);
$seen['log_after'] = poll();
$seen['logout'] = call('POST', 'logout');
$seen['after'] = call('GET', 'webhooks');
echo json_encode($seen), "\n";
