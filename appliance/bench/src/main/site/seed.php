<?php
// Fills the blog with the same 100 posts everywhere and prints the number of the first and the last one.
require __DIR__ . '/../wp-load.php';
header('Content-Type: text/plain');
$words = explode(' ', 'river stone autumn window copper garden lantern harbour silver meadow ember thread signal mountain paper');
$ids = [];
for ($number = 1; $number <= 100; $number++) {
    $text = '';
    for ($paragraph = 0; $paragraph < 5; $paragraph++) {
        $sentence = [];
        for ($word = 0; $word < 60; $word++) {
            $sentence[] = $words[($number * 7 + $paragraph * 11 + $word * $word) % count($words)];
        }
        $text .= "<!-- wp:paragraph -->\n<p>" . ucfirst(implode(' ', $sentence)) . ".</p>\n<!-- /wp:paragraph -->\n\n";
    }
    $id = wp_insert_post([
        'post_title' => "Post $number",
        'post_content' => $text,
        'post_status' => 'publish',
        'post_author' => 1,
        'post_date' => gmdate('Y-m-d H:i:s', 1704067200 + $number * 86400),
    ], true);
    if (is_wp_error($id)) {
        exit('error: ' . $id->get_error_message());
    }
    $ids[] = $id;
}
// The post that the installer wrote has the time of the installation.
$wpdb->update($wpdb->posts, ['post_date' => '2024-06-01 00:00:00', 'post_date_gmt' => '2024-06-01 00:00:00'], ['ID' => 1]);
clean_post_cache(1);
if (end($ids) - $ids[0] !== 99) {
    exit('error: the posts are not numbered one after the other');
}
echo "posts $ids[0] ", end($ids), "\n";
