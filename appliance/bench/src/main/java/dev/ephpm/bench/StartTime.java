package dev.ephpm.bench;

/** Median time from starting the processes to the first good answer of something. */
record StartTime(String what, long milliseconds) {}
