<?php
header('Content-Type: text/plain; charset=UTF-8');
header('Cache-Control: no-transform');
function flat(string $path, mixed $value): void {
    if (is_array($value)) {
        foreach ($value as $key => $inner) {
            flat("$path.$key", $inner);
        }
        return;
    }
    echo rawurlencode($path), '=', rawurlencode((string) $value), "\n";
}
$input = file_get_contents('php://input');
flat('SERVER', $_SERVER);
flat('GET', $_GET);
flat('POST', $_POST);
flat('COOKIE', $_COOKIE);
foreach ($_FILES as $name => $file) {
    flat("FILES.$name", $file);
    if (!is_array($file['tmp_name']) && $file['error'] === UPLOAD_ERR_OK) {
        flat("FILES.$name.md5", md5_file($file['tmp_name']));
        flat("FILES.$name.uploaded", is_uploaded_file($file['tmp_name']) ? 'yes' : 'no');
    }
}
flat('input.length', strlen($input));
flat('input.md5', md5($input));
flat('input.text', strlen($input) < 4000 ? $input : '');
flat('getenv.HTTP_PROXY', getenv('HTTP_PROXY') === false ? '(none)' : getenv('HTTP_PROXY'));
flat('sapi', PHP_SAPI);
