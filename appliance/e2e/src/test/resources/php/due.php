<?php
// Lets the hour of a scheduled post come: its date and its cron event move into the past.
require __DIR__ . '/wp-load.php';
$id = (int) $_GET['id'];
$wpdb->update($wpdb->posts, ['post_date' => '2024-02-29 12:00:00', 'post_date_gmt' => '2024-02-29 12:00:00'], ['ID' => $id]);
clean_post_cache($id);
echo wp_clear_scheduled_hook('publish_future_post', [$id]), ' ';
wp_schedule_single_event(time() - 1, 'publish_future_post', [$id]);
delete_transient('doing_cron');
echo get_post_status($id);
