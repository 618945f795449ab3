<?php
// The smallest site that writes: plain mysqli, which finds the site's own database by the environment.
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$database = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'));
$database->set_charset('utf8mb4');
$database->query('CREATE TABLE IF NOT EXISTS entries (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    message VARCHAR(500) NOT NULL,
    written DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)');

if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $insert = $database->prepare('INSERT INTO entries (name, message) VALUES (?, ?)');
    $insert->execute([mb_substr($_POST['name'] ?? '', 0, 80), mb_substr($_POST['message'] ?? '', 0, 500)]);
    header('Location: /', true, 303);
    exit;
}
$entries = $database->query('SELECT name, message, written FROM entries ORDER BY id DESC LIMIT 50');
?>
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Guestbook</title>
<style>
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
    form { display: grid; gap: .5rem; margin: 1.5rem 0; }
    input, textarea, button { font: inherit; padding: .5rem; }
    article { border-top: 1px solid #ccc; padding: .75rem 0; }
    small { color: #666; }
</style>
<h1>Guestbook</h1>
<p>PHP <?= PHP_VERSION ?>, MySQL on SQLite, one directory: <code><?= htmlspecialchars(basename($_SERVER['DOCUMENT_ROOT'])) ?></code>.</p>
<form method="post">
    <input name="name" placeholder="Your name" required maxlength="80">
    <textarea name="message" placeholder="Your message" required maxlength="500"></textarea>
    <button>Sign</button>
</form>
<?php foreach ($entries as $entry): ?>
<article>
    <strong><?= htmlspecialchars($entry['name']) ?></strong> <small><?= $entry['written'] ?></small>
    <p><?= nl2br(htmlspecialchars($entry['message'])) ?></p>
</article>
<?php endforeach ?>
