<?php
// Shortens a recording: an application that asks the same on every page is not to be most of a corpus.
// usage: php thin.php recorded.jsonl.gz corpus.jsonl.gz most [clock]
// Leaves out SELECT, SHOW, DESCRIBE and EXPLAIN after the same text has come that many times, and connections that ask nothing.
// With a clock (seconds since 1970) the replay's sessions have that time, so that times written by defaults are alike.
[, $from, $to, $most] = $argv;
$lines = array_map(fn($line) => json_decode($line, true, 512, JSON_THROW_ON_ERROR), file("compress.zlib://$from", FILE_SKIP_EMPTY_LINES));
$seen = $asked = $kept = [];
foreach ($lines as $line) {
    $reads = $line['k'] === 'query' && preg_match('/^\s*(select|show|describe|explain)\b(?!.*found_rows)/is', $line['sql'] ?? '');
    if ($reads && ($seen[$line['sql']] = ($seen[$line['sql']] ?? 0) + 1) > $most) {
        continue;
    }
    if (!in_array($line['k'], ['meta', 'connect', 'quit', 'init_db'])) {
        $asked[$line['c']] = true;
    }
    $kept[] = $line;
}
if (isset($argv[4])) {
    $kept[0]['clock'] = (int)$argv[4];
}
$out = gzopen($to, 'wb9');
foreach ($kept as $line) {
    if ($line['k'] === 'meta' || isset($asked[$line['c']])) {
        gzwrite($out, json_encode($line, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR) . "\n");
    }
}
gzclose($out);
