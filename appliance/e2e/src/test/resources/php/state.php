<?php
// Tells what an earlier request left behind, then leaves everything behind itself. ?wait= keeps it running beside others.
class Kept { public static int $count = 0; }
function counted(): int { static $calls = 0; return ++$calls; }
$found = [];
if (defined('LEFT_BEHIND')) { $found[] = 'constant'; }
if (function_exists('left_behind')) { $found[] = 'function'; }
if (Kept::$count !== 0) { $found[] = 'static property'; }
if (counted() !== 1) { $found[] = 'static variable'; }
if (isset($GLOBALS['left'])) { $found[] = 'global'; }
if (ini_get('precision') !== '14') { $found[] = 'ini ' . ini_get('precision'); }
if (error_reporting() !== E_ALL && error_reporting() !== (E_ALL & ~E_DEPRECATED & ~E_STRICT)) { $found[] = 'error_reporting'; }
if (getcwd() !== __DIR__) { $found[] = 'cwd ' . getcwd(); }
if (setlocale(LC_ALL, 0) !== 'C' && !str_starts_with((string) setlocale(LC_ALL, 0), 'LC_CTYPE=C')) { $found[] = 'locale ' . setlocale(LC_ALL, 0); }
if (getenv('LEFT_BEHIND') !== false || isset($_ENV['LEFT_BEHIND'])) { $found[] = 'environment'; }
if (umask() !== 022 && umask() !== 027 && umask() !== 077 && umask() !== 002) { $found[] = 'umask ' . decoct(umask()); }
if (date_default_timezone_get() !== 'UTC') { $found[] = 'timezone'; }
if (mb_internal_encoding() !== 'UTF-8') { $found[] = 'encoding'; }
if (error_get_last() !== null) { $found[] = 'last error'; }
if (http_response_code() !== 200) { $found[] = 'status ' . http_response_code(); }
if (headers_list() !== [] && count(array_filter(headers_list(), fn ($h) => stripos($h, 'x-left') === 0)) > 0) { $found[] = 'header'; }
if (isset($_SERVER['PHP_AUTH_USER']) !== isset($_GET['auth'])) { $found[] = 'credentials'; }
if (session_status() === PHP_SESSION_ACTIVE) { $found[] = 'session'; }
if (libxml_use_internal_errors() !== false) { $found[] = 'libxml'; }
if (in_array('leftbehind', stream_get_wrappers(), true)) { $found[] = 'stream wrapper'; }
if (spl_autoload_functions() !== []) { $found[] = 'autoloader'; }
if (in_array('no-such-path', explode(PATH_SEPARATOR, get_include_path()), true)) { $found[] = 'include path'; }
if ($_POST !== [] || $_FILES !== []) { $found[] = 'input'; }

define('LEFT_BEHIND', 1);
eval('function left_behind() {}');
Kept::$count++;
$GLOBALS['left'] = 1;
ini_set('precision', '3');
error_reporting(0);
chdir(sys_get_temp_dir());
setlocale(LC_ALL, 'C.UTF-8');
putenv('LEFT_BEHIND=1');
$_ENV['LEFT_BEHIND'] = 1;
umask(0777);
date_default_timezone_set('Asia/Tokyo');
mb_internal_encoding('ISO-8859-1');
@$undefined[0]['x'] . @file_get_contents('/no/such/file');
libxml_use_internal_errors(true);
stream_wrapper_register('leftbehind', Kept::class);
spl_autoload_register(fn () => null);
set_include_path('no-such-path');
set_error_handler(fn () => true);
usleep((int) ($_GET['wait'] ?? 0) * 1000);
echo $found === [] ? 'clean' : implode(', ', $found);
http_response_code(203);
header('X-Left: behind');
ob_start();
ob_start();
echo '.';
