package dev.ephpm.bench;

/** Memory of both stacks at the same moment. */
record MemoryPair(String moment, Memory ours, Memory peer) {}
