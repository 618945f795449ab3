<?php
// Commits one row after the other for ?seconds= and tells in which second each was acknowledged.
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT'));
$writer = (int) $_GET['writer'];
$end = (float) $_GET['until'];
$seconds = [];
for ($n = 0; microtime(true) < $end; $n++) {
    if ($n % 3 === 0) {
        $db->begin_transaction();
        $db->query("INSERT INTO written (writer, n) VALUES ($writer, $n)");
        $db->query("UPDATE counters SET n = n + 1 WHERE writer = $writer");
        $db->commit();
    } else {
        $db->query("INSERT INTO written (writer, n) VALUES ($writer, $n)");
    }
    $seconds[time()] = ($seconds[time()] ?? 0) + 1;
}
echo $n, ' ', implode(' ', array_map(fn ($second, $count) => "$second:$count", array_keys($seconds), $seconds));
