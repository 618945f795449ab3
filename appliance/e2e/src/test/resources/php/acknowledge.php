<?php
// Commits one row and says so; what was said must never be lost.
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT'));
$db->begin_transaction();
$db->query("INSERT INTO acknowledged (v, filler) VALUES ('" . $db->real_escape_string($_GET['v']) . "', REPEAT('x', 500))");
$db->query("INSERT INTO twins (v) VALUES ('" . $db->real_escape_string($_GET['v']) . "')");
$db->commit();
echo 'kept ', $_GET['v'];
