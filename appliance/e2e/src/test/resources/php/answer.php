<?php
header('X-Custom: Custom: value, with commas');
if (isset($_GET['status'])) {
    http_response_code((int) $_GET['status']);
}
if (isset($_GET['cookies'])) {
    setcookie('first', '1');
    setcookie('second', '2', ['path' => '/', 'httponly' => true]);
}
if (isset($_GET['location'])) {
    header('Location: ' . $_GET['location']);
}
if (isset($_GET['length'])) {
    header('Content-Length: ' . $_GET['length']);
}
if (isset($_GET['inject'])) {
    @header("X-Safe: a\r\nX-Injected: yes");
}
echo isset($_GET['long']) ? str_repeat('0123456789', 1000) : 'body';
