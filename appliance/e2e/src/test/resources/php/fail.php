<?php
// Fails in the way named by ?how=, after some output when ?before= is set.
class Magic {
    public function __get(string $name): mixed { return (new self)->{$name . 'x'}; }
    public function __toString(): string { return (string) new self; }
}
function down(int $depth): int { return $depth === 0 ? 0 : 1 + down($depth - 1); }
function nested(int $depth): array { $a = []; for ($i = 0; $i < $depth; $i++) { $a = [$a]; } return $a; }
function mapped(int $depth): int { return $depth === 0 ? 0 : array_map('mapped', [$depth - 1])[0] + 1; }
function sorted(int $depth): int { if ($depth > 0) { $a = [1, 2]; usort($a, fn () => sorted($depth - 1)); } return 0; }
function generated(int $depth): Generator { if ($depth > 0) { yield from generated($depth - 1); } yield $depth; }

if (isset($_GET['before'])) {
    echo 'partial output';
    if ($_GET['before'] === 'flushed') {
        while (ob_get_level() > 0) { ob_end_flush(); }
        flush();
    }
}
$depth = 60000;
switch ($_GET['how']) {
    case 'undefined': undefined_function(); break;
    case 'exception': throw new RuntimeException('on purpose');
    case 'type': strlen([]); break;
    case 'memory': $all = []; while (true) { $all[] = str_repeat('x', 1 << 20); }
    case 'require': require __DIR__ . '/no-such-file.php'; break;
    case 'parse': require __DIR__ . '/parse-error.php'; break;
    case 'abstract': (new ReflectionClass('Magic'))->newInstance()->undefinedMethod(); break;
    case 'handler': set_exception_handler(fn () => throw new LogicException('again')); throw new LogicException('first');
    case 'shutdown': register_shutdown_function(fn () => undefined_function()); break;
    case 'plain-recursion': echo down($depth); break;
    case 'get-recursion': echo (new Magic)->a; break;
    case 'string-recursion': echo new Magic; break;
    case 'usort-recursion': sorted($depth); break;
    case 'map-recursion': echo mapped($depth); break;
    case 'generator-recursion': foreach (generated($depth) as $value) { $last = $value; } echo 'ok'; break;
    case 'nested-serialize': echo strlen(serialize(nested($depth))); break;
    case 'nested-unserialize': echo count(unserialize(str_repeat('a:1:{i:0;', $depth) . 'i:1;' . str_repeat('}', $depth)) ?: []); break;
    case 'nested-json': echo strlen((string) json_encode(nested($depth), 0, 1 << 30)); break;
    case 'nested-export': echo strlen(var_export(nested($depth), true)); break;
    case 'nested-free': $a = nested($depth); unset($a); echo 'ok'; break;
    case 'deep-pattern': echo preg_match('/^(?:.|\n)*$(*SKIP)x/', str_repeat('a', 200000)); break;
    case 'backtrack': echo var_export(preg_match('/(?:\D+|<\d+>)*[!?]/', str_repeat('foobar ', 5000)), true); break;
    case 'signal':
        foreach ([9, 11, 6, 15] as $signal) { if (function_exists('posix_kill')) { posix_kill(getmypid(), $signal); } }
        echo 'cannot signal';
        break;
    default: echo 'no such failure';
}
