<?php
// Lets one address comment as fast as it can, and sends no mail about it.
add_filter('comment_flood_filter', '__return_false', 99);
function wp_mail()
{
    return true;
}
