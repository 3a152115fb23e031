/*
 * The clock of the native contenders. See timing.h.
 */
#define _POSIX_C_SOURCE 199309L
#include "timing.h"

#include <stdlib.h>
#include <time.h>

#define SAMPLES_MAX 100000
#define SAMPLE_NANOSECONDS 1e5

static volatile uint64_t kept;

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

static double timed(pass_function pass, void *state, long repeats) {
  const double started = now();
  uint64_t sum = 0;
  for (long i = 0; i < repeats; i++) sum += pass(state);
  kept = sum;
  return now() - started;
}

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double median_nanoseconds(pass_function pass, void *state, double decisions, double milliseconds) {
  long repeats = 1;
  while (timed(pass, state, repeats) < SAMPLE_NANOSECONDS) repeats *= 2;
  double *samples = malloc(SAMPLES_MAX * sizeof *samples);
  if (samples == NULL) abort();
  int count = 0;
  const double end = now() + milliseconds * 1e6;
  do {
    samples[count++] = timed(pass, state, repeats) / ((double)repeats * decisions);
  } while (count < SAMPLES_MAX && (now() < end || count < 5));
  qsort(samples, (size_t)count, sizeof *samples, by_size);
  const double median = samples[count / 2];
  free(samples);
  return median;
}
