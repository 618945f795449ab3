<?php
echo "before";
this is not php {{{
