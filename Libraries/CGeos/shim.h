// GEOS through its reentrant C interface: validity, repair, unions, Voronoi cells.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

// The library calls this at each step of long work; GEOS_interruptRequest, called from there, ends it with an error.
// One for the whole process. Here, because a pointer to a named kind of function may be seen in two ways from Swift.
static inline void essor_geos_at_each_step(void (*call)(void)) { (void)GEOS_interruptRegisterCallback(call); }
