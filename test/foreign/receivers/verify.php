<?php
// A receiver that knows the pages alone, for `php -S`. 204 when both signatures hold, else 403.
$secret = getenv('WEBHOOK_SECRET');
$body = file_get_contents('php://input');

$panel = hash_hmac('sha256', $body, $secret);

$key = strpos($secret, 'whsec_') === 0 ? base64_decode(substr($secret, strlen('whsec_'))) : $secret;
$signed = $_SERVER['HTTP_WEBHOOK_ID'] . '.' . $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] . '.' . $body;
$standard = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));

$holds = hash_equals($panel, $_SERVER['HTTP_X_WEBHOOK_SIGNATURE'] ?? '')
    && array_filter(
        explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? ''),
        fn ($one) => hash_equals($standard, $one)
    );
http_response_code($holds ? 204 : 403);
