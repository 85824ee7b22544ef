/*
 * For LD_PRELOAD, by scripts/check-faults: what storage and clocks do to a program on their worst days.
 * Looks into the folder that FAULTS names at every call:
 *   error    while this file is there, every read of a file of the catalog fails with EIO;
 *   stall    while this file is there, such reads do not come back, as on a network mount whose server has gone;
 *   clock    its number of seconds is added to the time of day; the monotonic clock goes on undisturbed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const char *path_of(const char *name, char *path, size_t length) {
  const char *folder = getenv("FAULTS");
  snprintf(path, length, "%s/%s", folder ? folder : "/nonexistent", name);
  return path;
}

static int is_on(const char *name) {
  char path[4096];
  int before = errno, on = access(path_of(name, path, sizeof path), F_OK) == 0;
  errno = before;
  return on;
}

/* Whether a file is one of the catalog's: those of /proc must go on telling the truth. */
static int is_of_catalog(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, ".sqlite3") != NULL;
}

static long clock_offset(void) {
  char path[4096];
  int before = errno;
  long seconds = 0;
  FILE *file = fopen(path_of("clock", path, sizeof path), "re");
  if (file) {
    if (fscanf(file, "%ld", &seconds) != 1) seconds = 0;
    fclose(file);
  }
  errno = before;
  return seconds;
}

ssize_t pread64(int file, void *buffer, size_t length, off64_t offset) {
  static ssize_t (*real)(int, void *, size_t, off64_t);
  if (!real) real = (ssize_t (*)(int, void *, size_t, off64_t))dlsym(RTLD_NEXT, "pread64");
  if (is_of_catalog(file)) {
    while (is_on("stall")) usleep(10000);
    if (is_on("error")) {
      errno = EIO;
      return -1;
    }
  }
  return real(file, buffer, length, offset);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += clock_offset();
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  static int (*real)(struct timeval *, void *);
  if (!real) real = (int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday");
  int result = real(time, zone);
  if (result == 0) time->tv_sec += clock_offset();
  return result;
}
