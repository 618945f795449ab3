<?php
// Loads 300 classes from 300 files, as a framework's autoloader would, and uses each of them once.
$sum = 0;
for ($number = 1; $number <= 300; $number++) {
    require_once __DIR__ . "/includes/Part$number.php";
    $part = "Bench\\Part$number";
    $sum += (new $part())->number();
}
echo "sum $sum\n";
