/*
 * Time as the JavaScript side takes it: the median over samples of at least 100 microseconds each.
 *
 * Knows the clock; does not know what is timed.
 */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include <stdint.h>

/* One pass over the work; the sum keeps the compiler from leaving it out. */
typedef uint64_t (*pass_function)(void *state);

/* Nanoseconds per decision: the median of samples taken for `milliseconds`. `decisions` are made by one pass. */
double median_nanoseconds(pass_function pass, void *state, double decisions, double milliseconds);

#endif
