<?php
// Ways to end and to send, chosen by ?how=; waits for the file ?go= where the test decides when to go on.
function wait_for_go(): void {
    $end = microtime(true) + 8;
    while (!file_exists(__DIR__ . '/marks/' . $_GET['go']) && microtime(true) < $end) { usleep(5000); clearstatcache(); }
}
function mark(string $name, string $text = 'x'): void { file_put_contents(__DIR__ . '/marks/' . $name, $text); }
switch ($_GET['how']) {
    case 'exit': echo 'a'; exit('x');
    case 'exit-number': echo 'a'; exit(3);
    case 'exit-in-function': (function () { echo 'in'; exit; })(); break;
    case 'shutdown':
        register_shutdown_function(function () { echo ' shut'; register_shutdown_function(function () { echo ' down'; }); });
        echo 'main';
        exit;
    case 'buffers': ob_start(); echo 'one'; ob_start(fn (string $text) => strtoupper($text)); echo ' two'; break;
    case 'discarded': ob_start(); echo 'gone'; ob_end_clean(); echo 'kept'; break;
    case 'late-header': echo 'body'; while (ob_get_level() > 0) { ob_end_flush(); } flush(); header('X-Late: 1'); echo headers_sent() ? ' sent' : ' unsent'; break;
    case 'early-header': echo 'body'; header('X-Late: 1'); break;
    case 'destructor': new class { public function __destruct() { echo 'destroyed'; } }; break;
    case 'flush': echo 'first'; while (ob_get_level() > 0) { ob_end_flush(); } flush(); wait_for_go(); echo ' second'; break;
    case 'finish':
        echo 'answer';
        mark('returned', var_export(fastcgi_finish_request(), true));
        echo 'never sent';
        wait_for_go();
        mark('after-finish');
        break;
    case 'abort-ignored': ignore_user_abort(true); // falls through
    case 'abort':
        echo 'started'; while (ob_get_level() > 0) { ob_end_flush(); } flush();
        wait_for_go();
        for ($i = 0; $i < 50; $i++) { echo str_repeat('x', 65536); flush(); usleep(10000); }
        mark($_GET['how'] . '-ended', (string) connection_status());
        break;
    case 'abort-shutdown':
        register_shutdown_function(fn () => mark('abort-shutdown-ended', (string) connection_status()));
        echo 'started'; while (ob_get_level() > 0) { ob_end_flush(); } flush();
        wait_for_go();
        for ($i = 0; $i < 50; $i++) { echo str_repeat('x', 65536); flush(); usleep(10000); }
        break;
}
