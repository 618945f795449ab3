<?php
// Spends time as ?how= says, for ?seconds=; tells its process first when ?pid= or ?mark= is set.
if (isset($_GET['pid'])) {
    echo getmypid(), "\n";
    while (ob_get_level() > 0) { ob_end_flush(); }
    flush();
}
if (isset($_GET['mark'])) {
    file_put_contents(__DIR__ . '/marks/' . $_GET['mark'], (string) getmypid());
}
if (isset($_GET['limit'])) {
    set_time_limit((int) $_GET['limit']);
}
$seconds = (float) ($_GET['seconds'] ?? 30);
switch ($_GET['how'] ?? 'sleep') {
    case 'sleep': sleep((int) ceil($seconds)); break;
    case 'usleep': $end = microtime(true) + $seconds; while (microtime(true) < $end) { usleep(20000); } break;
    case 'loop': $end = microtime(true) + $seconds; while (microtime(true) < $end); break;
    case 'ignore': ignore_user_abort(true); $end = microtime(true) + $seconds; while (microtime(true) < $end) { usleep(20000); } break;
    case 'database':
        $db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT'));
        $db->query('SELECT SLEEP(' . $seconds . ')');
        break;
    case 'socket':
        $pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        stream_set_timeout($pair[0], (int) $seconds);
        fread($pair[0], 1);
        break;
    case 'pattern': while (true) { preg_match('/(x+x+)+y/', str_repeat('x', 26)); }
}
echo 'done';
