<?php
// Where the database is, for clients that are not PHP pages: socket, user, password, name.
header('Content-Type: text/plain');
$host = getenv('DB_SOCKET') ? 'localhost:' . getenv('DB_SOCKET') : getenv('DB_HOST');
$socket = substr($host, strpos($host, ':') + 1);
echo implode("\n", [$socket, getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME')]);
