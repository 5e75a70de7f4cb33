// renameat2 is a GNU extension that Swift's view of the C library leaves out.
#ifndef ESSOR_EXCHANGE_H
#define ESSOR_EXCHANGE_H

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Two names change places in one step. 0, or -1 with errno.
static inline int essor_exchange(const char *a, const char *b) {
  const unsigned exchange = 1u << 1;  // RENAME_EXCHANGE
  return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, exchange);
}

#endif
